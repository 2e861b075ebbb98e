import type { Account } from "../../account";
import { type Html, html } from "../../http/html";
import type { StoredEvent } from "../../objects";
import { listLoggedDeliveries } from "../../webhooks/log";
import { actionForm, dataTable, pager, renderPage, timeElement } from "./frame";

const PAGE = 50;

export type EventsQuery = {
  type: string | null;
  /** The id of the last event on the previous page of the list. */
  after: string | null;
};

export function eventsPage(
  account: Account,
  keyHint: string,
  { query: { type, after }, message }: { query: EventsQuery; message: string | null },
) {
  const home = `/accounts/${account.id}`;
  const where = type ? { "$.type": type.includes("*") ? { like: type } : type } : {};
  const found = account.list("event", { where, startingAfter: after, limit: PAGE + 1 });
  const shown = found.slice(0, PAGE);
  const list = `${home}/events?type=${encodeURIComponent(type ?? "")}`;
  const older = found.length > PAGE ? `${list}&after=${shown.at(-1)?.id}` : null;
  const body = html`<form class="filter" action="${home}/events">
<label>Type<input name="type" value="${type}" placeholder="customer.*" size="30" autocomplete="off"></label><button>Filter</button></form>
${eventsTable(account, shown)}${pager(after === null ? null : list, older)}`;
  const path = [
    { href: home, label: keyHint },
    { href: `${home}/events`, label: "Events" },
  ];
  return renderPage(body, { title: "Events", path, message });
}

export function eventsTable(account: Account, events: StoredEvent[]): Html {
  const home = `/accounts/${account.id}`;
  const rows = events.map(({ id, type, created, data }) => [
    html`<a href="${home}/objects/${id}">${type}</a>`,
    timeElement(created),
    stateOf(listLoggedDeliveries(account, id)),
    html`<code>${"id" in data.object ? String(data.object.id).slice(0, 34) : ""}</code>`,
  ]);
  return dataTable("Events", ["Event", "Created (UTC)", "Deliveries", "Object"], rows);
}

function stateOf(deliveries: { state: string }[]): Html {
  const counts = new Map<string, number>();
  for (const { state } of deliveries) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = [...counts].map(([state, count]) => stateBadge(state, count > 1 ? `${count} ${state}` : state));
  return parts.length === 0 ? html`<span class="small">no endpoint</span>` : html`${parts}`;
}

const STATE_CLASSES: Record<string, string> = { delivered: "good", pending: "owed" };

function stateBadge(state: string, label: string): Html {
  return html`<span class="${STATE_CLASSES[state] ?? "lost"}">${label}</span> `;
}

export function deliveriesSection(account: Account, event: string, back: string): Html {
  const rows = listLoggedDeliveries(account, event).map(({ endpoint, url, state, attempts }) => [
    html`<a href="/accounts/${account.id}/objects/${endpoint}">${url ?? endpoint}</a>`,
    stateBadge(state, state),
    html`${attempts.map(
      ({ at_ms: atMs, status, note, took_ms: tookMs }) =>
        html`<div>${timeElement(Math.floor(atMs / 1000))} · ${status ?? "no answer"} · ${tookMs} ms · <code>${note}</code></div>`,
    )}`,
  ]);
  const resend = { name: "resend", label: "Resend", back, hidden: { account: account.id, event } };
  return html`<h2>Deliveries</h2>${dataTable("Deliveries", ["Endpoint", "State", "Attempts"], rows)}
<p></p><div class="actions">${actionForm(resend)}</div>`;
}
