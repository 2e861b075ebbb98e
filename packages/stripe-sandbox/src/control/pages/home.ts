import { html } from "../../http/html";
import type { Sandbox } from "../../sandbox";
import { listSnapshots } from "../../snapshots";
import { actionForm, dataTable, field, renderPage, timeElement } from "./frame";

export function homePage(sandbox: Sandbox, message: string | null) {
  const accounts = sandbox.store
    .listAccounts()
    .map(({ id, hint, livemode, ahead }) => [
      html`<a href="/accounts/${id}">${hint}</a>`,
      html`${livemode === 1 ? "live" : "test"}`,
      timeElement(sandbox.now() + ahead),
      html`<code>${id}</code>`,
    ]);
  const body = html`<p>A stand-in for Stripe on this machine. Each secret key is an account with its own data.</p>
<h2>Accounts</h2>
${dataTable("Accounts", ["Key", "Mode", "Time (UTC)", "Id"], accounts)}
<h2>Snapshots</h2>
${sandbox.statePath === ":memory:" ? html`<p class="small">The state is in memory, so it has no snapshots.</p>` : snapshots(sandbox)}
<h2>Everything</h2>
<div class="actions"><details><summary>Delete everything …</summary>
<p>All accounts, their objects, events and deliveries. Snapshots stay.</p>
${actionForm({ name: "reset", label: "Yes, delete everything", back: "/", isDestructive: true })}</details></div>`;
  return renderPage(body, { title: "stripe-sandbox", message });
}

function snapshots(sandbox: Sandbox) {
  const rows = listSnapshots(sandbox.statePath).map(({ name, bytes, made }) => [
    html`${name}`,
    timeElement(made),
    html`<span class="number">${Math.ceil(bytes / 1024)} KB</span>`,
    html`<div class="actions">${actionForm({ name: "restore", label: `Restore ${name}`, back: "/", hidden: { name } })}
${actionForm({ name: "delete-snapshot", label: `Delete ${name}`, back: "/", hidden: { name }, isDestructive: true })}</div>`,
  ]);
  const keep = { name: "snapshot", label: "Save a snapshot", back: "/" };
  return html`${dataTable("Snapshots", ["Name", "Created (UTC)", "Size", "Actions"], rows)}
<p></p>${actionForm({ ...keep, fields: [field({ name: "name", label: "Name", hint: "one-gift", width: 20 })] })}`;
}
