// The start: which accounts have called, and what concerns the state as a whole.
import { html } from "../../http/html";
import type { Sandbox } from "../../sandbox";
import { listSnapshots } from "../../snapshots";
import { actionForm, field, framed, table, time } from "./frame";

export function homePage(sandbox: Sandbox, said: string | null) {
  const accounts = sandbox.store
    .listAccounts()
    .map(({ id, hint, livemode, ahead }) => [
      html`<a href="/accounts/${id}">${hint}</a>`,
      html`${livemode === 1 ? "live" : "test"}`,
      time(sandbox.now() + ahead),
      html`<code>${id}</code>`,
    ]);
  const body = html`<p>A stand-in for Stripe on this machine. Each secret key is an account with its own data.</p>
<h2>Accounts</h2>
${table("Accounts", ["Key", "Mode", "Its time (UTC)", "Id"], accounts)}
<h2>Snapshots</h2>
${sandbox.statePath === ":memory:" ? html`<p class="small">The state is in memory only: it has no snapshots.</p>` : snapshots(sandbox)}
<h2>Everything</h2>
<div class="actions"><details><summary>Forget everything …</summary>
<p>All accounts, their objects, events and deliveries. Snapshots stay.</p>
${actionForm({ name: "reset", label: "Yes, forget everything", back: "/", isGrave: true })}</details></div>`;
  return framed(body, { title: "stripe-sandbox", said });
}

function snapshots(sandbox: Sandbox) {
  const rows = listSnapshots(sandbox.statePath).map(({ name, bytes, made }) => [
    html`${name}`,
    time(made),
    html`<span class="number">${Math.ceil(bytes / 1024)} KB</span>`,
    html`<div class="actions">${actionForm({ name: "restore", label: `Bring back ${name}`, back: "/", hidden: { name } })}
${actionForm({ name: "delete-snapshot", label: `Delete ${name}`, back: "/", hidden: { name }, isGrave: true })}</div>`,
  ]);
  const keep = { name: "snapshot", label: "Keep the state", back: "/" };
  return html`${table("Snapshots", ["Name", "Made (UTC)", "Size", "Actions"], rows)}
<p></p>${actionForm({ ...keep, fields: [field({ name: "name", label: "Name", hint: "one-gift", width: 20 })] })}`;
}
