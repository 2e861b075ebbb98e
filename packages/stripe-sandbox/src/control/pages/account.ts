import type { Account } from "../../account";
import { html } from "../../http/html";
import { eventsTable } from "./events";
import { actionForm, dataTable, field, renderPage, timeElement } from "./frame";

export function accountPage(account: Account, keyHint: string, message: string | null) {
  const home = `/accounts/${account.id}`;
  const body = html`<h2>Time</h2>
<p>It is ${timeElement(account.now())} UTC for this account. When you advance it, everything that falls due meanwhile happens at its own time.</p>
${clockActions(account.id, home)}
<h2>Objects</h2>
<form class="filter" action="${home}/objects"><label>Find by id<input name="id" size="34" autocomplete="off"></label>
<button>Find</button></form>
${kinds(account, home)}
<h2>Webhook endpoints</h2>
${endpoints(account, home)}
<h2>Latest events</h2>
${eventsTable(account, account.list("event", { limit: 12 }))}
<p><a href="${home}/events">All events and their deliveries</a></p>
<h2>Faults</h2>
<p><a href="${home}/faults">Faults of webhooks and of API calls</a></p>
<h2>This account</h2>
<details><summary>Delete this account …</summary>
${actionForm({ name: "reset", label: `Yes, delete ${keyHint}`, back: "/", hidden: { account: account.id }, isDestructive: true })}</details>`;
  return renderPage(body, { title: `Account ${keyHint}`, path: [{ href: home, label: keyHint }], message });
}

function clockActions(account: string, back: string) {
  const by = (step: string, label: string) =>
    actionForm({ name: "advance", label, back, hidden: { account, by: step } });
  const days = field({ name: "days:number", label: "Days", value: "7", width: 4 });
  return html`<div class="actions">${by("hour", "Advance an hour")}${by("day", "Advance a day")}${by("month", "Advance a month")}
${by("next-renewal", "Advance to the next renewal")}
${actionForm({ name: "advance", label: "Advance days", back, hidden: { account }, fields: [days] })}</div>`;
}

function kinds(account: Account, home: string) {
  const rows = account.store
    .sql("SELECT kind, count(*) AS count FROM objects WHERE account = ? GROUP BY kind ORDER BY kind")
    .all(account.id) as { kind: string; count: number }[];
  if (rows.length === 0) return html`<p class="small">None.</p>`;
  return html`<ul class="kinds">${rows.map(
    ({ kind, count }) =>
      html`<li><a href="${home}/objects?kind=${kind}">${kind.replaceAll("_", " ")}</a> <span class="small">${count}</span></li>`,
  )}</ul>`;
}

function endpoints(account: Account, home: string) {
  const rows = account.store
    .listEndpoints(account.id)
    .map(({ id, url, status, enabled_events: events }) => [
      html`<a href="${home}/objects/${id}">${url}</a>`,
      html`${status}`,
      html`${events.length === 1 ? events[0] : `${events.length} event types`}`,
    ]);
  return dataTable("Webhook endpoints", ["URL", "State", "Events"], rows);
}
