// Queues webhook deliveries in a table. Its column due_ms usually contains a time. A negative value is a delay in
// milliseconds, which starts when the sender first reads the delivery.
import {
  addToShuffleWindow,
  consumeDeliveryFaults,
  consumeTwinEventFault,
  type FaultsOfOneDelivery,
  matchesEventType,
} from "../faults/delivery-faults";
import type { IdGenerator } from "../ids";
import type { StoredEvent, StripeObjectsByKind } from "../objects";
import type { Store } from "../store";

type Origin = { store: Store; id: string; newId: IdGenerator };

/**
 * Stores the event and queues its deliveries. If a test has set a "twin" fault, also stores and queues a second event
 * for the same change, with another id.
 */
export function publishEvent({ store, id, newId }: Origin, event: StoredEvent): void {
  const events = consumeTwinEventFault(store, id, event.type) ? [event, { ...event, id: newId("evt_") }] : [event];
  for (const each of events) {
    const endpoints = endpointsFor(store, id, each.type);
    store.put(id, { ...each, pending_webhooks: endpoints.length });
    for (const { id: endpoint } of endpoints)
      queue(
        store,
        { account: id, event: each, endpoint },
        consumeDeliveryFaults(store, id, { type: each.type, endpoint }),
      );
  }
}

function endpointsFor(store: Store, account: string, type: string): StripeObjectsByKind["webhook_endpoint"][] {
  const endpoints = store.listEndpoints(account);
  return endpoints.filter(({ status, enabled_events: names }) => status === "enabled" && matchesEventType(names, type));
}

type Queued = {
  account: string;
  event: StoredEvent;
  endpoint: string;
};

function queue(store: Store, queued: Queued, faults: FaultsOfOneDelivery): void {
  for (let copy = 0; copy < faults.copies; copy += 1) {
    const state = faults.isDropped ? "dropped" : "pending";
    const delivery = insert(store, queued, { state, waitMs: faults.waitMs });
    if (faults.shuffle && !faults.isDropped) addToShuffleWindow(store, faults.shuffle, delivery);
  }
}

function insert(
  store: Store,
  { account, event, endpoint }: Queued,
  initial: { state: string; waitMs: number },
): number {
  const text = "INSERT INTO deliveries (account, event, event_type, endpoint, state, due_ms) VALUES (?, ?, ?, ?, ?, ?)";
  const due = initial.waitMs > 0 ? -initial.waitMs : 0;
  return Number(store.sql(text).run(account, event.id, event.type, endpoint, initial.state, due).lastInsertRowid);
}

/**
 * Queues the event again and returns the number of deliveries. If `endpoint` is null, queues it for every endpoint for
 * which it was queued before, and for every endpoint that now enables its type.
 */
export function requeueEvent(
  store: Store,
  account: string,
  { event, endpoint }: { event: StoredEvent; endpoint: string | null },
): number {
  const meant = store
    .sql("SELECT DISTINCT endpoint FROM deliveries WHERE account = ? AND event = ?")
    .all(account, event.id) as { endpoint: string }[];
  const ids = [...meant.map((row) => row.endpoint), ...endpointsFor(store, account, event.type).map(({ id }) => id)];
  const present = new Set(store.listEndpoints(account).map(({ id }) => id));
  const targets = endpoint === null ? [...new Set(ids)].filter((id) => present.has(id)) : [endpoint];
  for (const target of targets) insert(store, { account, event, endpoint: target }, { state: "pending", waitMs: 0 });
  return targets.length;
}

export function countPendingWebhooks(store: Store, account: string, eventId: string): number {
  const text = `SELECT count(*) AS count FROM (SELECT 1 FROM deliveries WHERE account = ? AND event = ?
    GROUP BY endpoint HAVING max(state = 'delivered') = 0)`;
  return (store.sql(text).get(account, eventId) as { count: number }).count;
}

export function hasRefusedDelivery(store: Store, account: string, eventId: string): boolean {
  const text =
    "SELECT 1 FROM deliveries WHERE account = ? AND event = ? AND attempts > 0 AND state IN ('pending', 'failed')";
  return store.sql(text).get(account, eventId) !== undefined;
}
