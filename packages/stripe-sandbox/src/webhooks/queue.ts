// Which endpoints want an event, written down in the same transaction as the event itself, with what each delivery is to
// suffer. A due_ms below zero is a wait that begins when the sender first sees it.
import { hasTwin, isNamed, type Suffered, shuffleIn, sufferedBy } from "../faults/delivery-faults";
import type { NewId } from "../ids";
import type { Objects, StoredEvent } from "../objects";
import type { Store } from "../store";

/** The account that an event is of. */
type Origin = { store: Store; id: string; newId: NewId };

/** Writes an event down, and its deliveries; on request a second one of the same fact. */
export function publish({ store, id, newId }: Origin, event: StoredEvent): void {
  const events = hasTwin(store, id, event.type) ? [event, { ...event, id: newId("evt_") }] : [event];
  for (const each of events) {
    const wanting = endpointsFor(store, id, each.type);
    store.put(id, { ...each, pending_webhooks: wanting.length });
    for (const { id: endpoint } of wanting)
      queue(store, { account: id, event: each, endpoint }, sufferedBy(store, id, each.type, endpoint));
  }
}

function endpointsFor(store: Store, account: string, type: string): Objects["webhook_endpoint"][] {
  const endpoints = store.listEndpoints(account);
  return endpoints.filter(({ status, enabled_events: names }) => status === "enabled" && isNamed(names, type));
}

type Queued = {
  account: string;
  event: StoredEvent;
  endpoint: string;
};

function queue(store: Store, queued: Queued, suffered: Suffered): void {
  for (let copy = 0; copy < suffered.copies; copy += 1) {
    const state = suffered.isDropped ? "dropped" : "pending";
    const delivery = insert(store, queued, { state, waitMs: suffered.waitMs });
    if (suffered.shuffle && !suffered.isDropped) shuffleIn(store, suffered.shuffle, delivery);
  }
}

function insert(store: Store, { account, event, endpoint }: Queued, given: { state: string; waitMs: number }): number {
  const text = "INSERT INTO deliveries (account, event, event_type, endpoint, state, due_ms) VALUES (?, ?, ?, ?, ?, ?)";
  const due = given.waitMs > 0 ? -given.waitMs : 0;
  return Number(store.sql(text).run(account, event.id, event.type, endpoint, given.state, due).lastInsertRowid);
}

/** Sends an event once more: to one endpoint, or to each that was meant to get it or wants it now. */
export function resend(store: Store, account: string, event: StoredEvent, endpoint: string | null): number {
  const meant = store
    .sql("SELECT DISTINCT endpoint FROM deliveries WHERE account = ? AND event = ?")
    .all(account, event.id) as { endpoint: string }[];
  const ids = [...meant.map((row) => row.endpoint), ...endpointsFor(store, account, event.type).map(({ id }) => id)];
  const known = new Set(store.listEndpoints(account).map(({ id }) => id));
  const targets = endpoint === null ? [...new Set(ids)].filter((id) => known.has(id)) : [endpoint];
  for (const target of targets) insert(store, { account, event, endpoint: target }, { state: "pending", waitMs: 0 });
  return targets.length;
}

/** How many endpoints were meant to get the event and have not taken it. */
export function pendingWebhooks(store: Store, account: string, eventId: string): number {
  const text = `SELECT count(*) AS count FROM (SELECT 1 FROM deliveries WHERE account = ? AND event = ?
    GROUP BY endpoint HAVING max(state = 'delivered') = 0)`;
  return (store.sql(text).get(account, eventId) as { count: number }).count;
}

/** Whether an endpoint has been sent the event and has not taken it; one that was not sent yet is no refusal. */
export function wasRefused(store: Store, account: string, eventId: string): boolean {
  const text =
    "SELECT 1 FROM deliveries WHERE account = ? AND event = ? AND attempts > 0 AND state IN ('pending', 'failed')";
  return store.sql(text).get(account, eventId) !== undefined;
}
