// Which endpoints want an event, written down in the same transaction as the event itself.
import type { Objects, StoredEvent } from "../objects";
import type { Store } from "../store";

export function queueDeliveries(store: Store, account: string, event: StoredEvent): number {
  const wanting = endpointsFor(store, account, event.type);
  const insert =
    "INSERT INTO deliveries (account, event, event_type, endpoint, state, due_ms) VALUES (?, ?, ?, ?, 'pending', 0)";
  for (const endpoint of wanting) store.sql(insert).run(account, event.id, event.type, endpoint.id);
  return wanting.length;
}

function endpointsFor(store: Store, account: string, type: string): Objects["webhook_endpoint"][] {
  const endpoints = store.listEndpoints(account);
  return endpoints.filter(({ status, enabled_events: names }) => {
    return status === "enabled" && (names.includes("*") || names.includes(type));
  });
}

/** How many endpoints have not yet taken the event. */
export function pendingWebhooks(store: Store, account: string, eventId: string): number {
  const text = "SELECT count(*) AS count FROM deliveries WHERE account = ? AND event = ? AND state = 'pending'";
  return (store.sql(text).get(account, eventId) as { count: number }).count;
}
