// Counts the webhook deliveries of a simulated history. countDeliveriesByState() reads every delivery.
// createSuccessfulDeliveryCounter() reads every delivery only when it creates the counter. The counter itself is
// faster, because each count reads only the attempts since the previous count.
import type { Store } from "../store";
import type { DeliveryIdRange } from "./creation";

type Counts = {
  total: number;
  delivered: number;
  pending: number;
  failed: number;
  failedAttempts: number;
};

export function countDeliveriesByState(store: Store, { account, first, last }: DeliveryIdRange): Counts {
  const text = `SELECT count(*) AS total,
      coalesce(sum(state = 'delivered'), 0) AS delivered, coalesce(sum(state = 'pending'), 0) AS pending,
      coalesce(sum(state IN ('failed', 'dropped')), 0) AS failed,
      coalesce(sum(max(attempts - (state = 'delivered'), 0)), 0) AS failedAttempts
    FROM deliveries WHERE id BETWEEN ? AND ? AND +account = ?`;
  return store.sql(text).get(first, last, account) as Counts;
}

/**
 * Returns true if any of these deliveries is still pending. This is fast, because the index contains only pending
 * deliveries.
 */
export function hasPendingDeliveries(store: Store, { account, first, last }: DeliveryIdRange): boolean {
  const text =
    "SELECT 1 FROM deliveries INDEXED BY deliveries_pending WHERE state = 'pending' AND id BETWEEN ? AND ? AND account = ? LIMIT 1";
  return store.sql(text).get(first, last, account) !== undefined;
}

export function createSuccessfulDeliveryCounter(store: Store, deliveries: DeliveryIdRange) {
  const { total, delivered: before } = countDeliveriesByState(store, deliveries);
  let delivered = before;
  let seen = lastAttempt(store);

  function countNew(): number {
    const from = seen;
    seen = lastAttempt(store);
    const text = `SELECT count(*) AS count FROM attempts
      WHERE id > ? AND id <= ? AND +delivery BETWEEN ? AND ? AND account = ? AND status BETWEEN 200 AND 299`;
    const row = store.sql(text).get(from, seen, deliveries.first, deliveries.last, deliveries.account) as {
      count: number;
    };
    delivered += row.count;
    return delivered;
  }
  return { total, delivered: countNew };
}

function lastAttempt(store: Store): number {
  const row = store.sql("SELECT coalesce(max(id), 0) AS last FROM attempts").get() as { last: number };
  return row.last;
}
