// The read-only page at /: what each account holds, newest first.

import { html, htmlReply } from "../http/html";
import { formatSum } from "../money";
import type { Sandbox } from "../sandbox";

type Row = ReturnType<typeof html>[];

export function overviewPage(sandbox: Sandbox) {
  const accounts = sandbox.store.listAccounts();
  const body = html`<main class="overview">
<h1>stripe-sandbox</h1>
<p class="small">A stand-in for Stripe on this machine. No money moves. ${accounts.length === 0 && "Nothing has called it yet."}</p>
${accounts.map(({ id, hint }) => accountSection(sandbox, id, hint))}
</main>`;
  return htmlReply(200, body, { lang: "en", title: "stripe-sandbox" });
}

function accountSection(sandbox: Sandbox, id: string, hint: string) {
  const { store } = sandbox;
  const newest = { limit: 20 };
  const sessions = store
    .list(id, "checkout.session", newest)
    .map(
      (session): Row => [
        html`<code>${session.id.slice(0, 20)}…</code>`,
        html`${session.mode}`,
        html`${sum(session.amount_total, session.currency)}`,
        html`${session.status} · ${session.payment_status}`,
        time(session.created),
      ],
    );
  const payments = store
    .list(id, "payment_intent", newest)
    .map(
      (intent): Row => [
        html`<code>${intent.id}</code>`,
        html`${sum(intent.amount, intent.currency)}`,
        html`${intent.status}`,
        time(intent.created),
      ],
    );
  const subscriptions = store.list(id, "subscription", newest).map((subscription): Row => {
    const item = subscription.items.data[0];
    return [
      html`<code>${subscription.id}</code>`,
      html`${sum(item?.price.unit_amount ?? null, subscription.currency)} / ${item?.price.recurring?.interval}`,
      html`${subscription.status}${subscription.cancel_at_period_end && " · ends with the period"}`,
      time(item?.current_period_end ?? subscription.created),
    ];
  });
  return html`<section aria-label="Account ${hint}">
<h2>Account ${hint}</h2>
${table("Checkout sessions", ["Session", "Mode", "Amount", "State", "Made"], sessions)}
${table("Payments", ["Payment", "Amount", "State", "Made"], payments)}
${table("Subscriptions", ["Subscription", "Amount", "State", "Period ends"], subscriptions)}
${table("Events and their deliveries", ["Event", "Type", "Delivery", "Answer"], deliveryRows(sandbox, id))}
</section>`;
}

interface DeliveryRow {
  event: string;
  event_type: string;
  state: string;
  attempts: number;
  last_status: number | null;
  last_note: string | null;
  last_ms: number | null;
}

function deliveryRows(sandbox: Sandbox, account: string): Row[] {
  const text = `SELECT deliveries.*, status AS last_status, note AS last_note, took_ms AS last_ms FROM deliveries
    LEFT JOIN attempts ON attempts.id = (SELECT max(id) FROM attempts WHERE delivery = deliveries.id)
    WHERE deliveries.account = ? ORDER BY deliveries.id DESC LIMIT 40`;
  const rows = sandbox.store.sql(text).all(account) as DeliveryRow[];
  return rows.map((row) => [
    html`<code>${row.event}</code>`,
    html`${row.event_type}`,
    html`${row.state}, ${row.attempts} ${row.attempts === 1 ? "try" : "tries"}`,
    html`${row.last_status ?? row.last_note}${row.last_ms !== null && ` in ${row.last_ms} ms`}`,
  ]);
}

function table(caption: string, heads: string[], rows: Row[]) {
  if (rows.length === 0) return html`<h3>${caption}</h3><p class="small">None yet.</p>`;
  return html`<h3>${caption}</h3>
<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;
}

function sum(amount: number | null, currency: string | null): string {
  return amount === null || currency === null ? "" : formatSum({ amount, currency });
}

function time(seconds: number) {
  const iso = new Date(seconds * 1000).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace("T", " ")} UTC</time>`;
}
