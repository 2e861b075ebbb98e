import type { Store } from "../store";
import type { DeliveryAttemptOutcome } from "./attempt";

export type Delivery = {
  id: number;
  account: string;
  event: string;
  endpoint: string;
  attempts: number;
  livemode: number;
};

/**
 * Starts the waiting time of the deliveries that a fault delays. Before this start, due_ms contains the length of the
 * delay as a negative number.
 */
export function startDeliveryDelaysSetByFaults(store: Store, nowMs: number): void {
  store.sql("UPDATE deliveries SET due_ms = ? - due_ms WHERE due_ms < 0").run(nowMs);
}

/**
 * Returns the endpoints with pending deliveries. Jumps from endpoint to endpoint in the index, so it is as fast with
 * many pending deliveries as with few.
 */
export function listEndpointsWithPendingDeliveries(store: Store): { account: string; endpoint: string }[] {
  const text = `WITH RECURSIVE found (endpoint) AS (
      SELECT min(endpoint) FROM deliveries WHERE state = 'pending'
      UNION ALL
      SELECT (SELECT min(endpoint) FROM deliveries WHERE state = 'pending' AND endpoint > found.endpoint)
      FROM found WHERE endpoint IS NOT NULL)
    SELECT (SELECT account FROM deliveries WHERE state = 'pending' AND endpoint = found.endpoint LIMIT 1) AS account, endpoint
    FROM found WHERE endpoint IS NOT NULL`;
  return store.sql(text).all() as { account: string; endpoint: string }[];
}

/** Selects the due deliveries in the order of the index deliveries_next, so that SQLite need not sort them. */
export const SELECT_DUE_DELIVERIES = `SELECT id, account, event, endpoint, attempts,
    coalesce((SELECT livemode FROM accounts WHERE accounts.id = account), 0) AS livemode FROM deliveries
  WHERE state = 'pending' AND endpoint = ? AND due_ms BETWEEN 0 AND ? ORDER BY coalesce(place, id), id LIMIT ?`;

export function listDueDeliveries(store: Store, endpoint: string, { nowMs, limit }: { nowMs: number; limit: number }) {
  return store.sql(SELECT_DUE_DELIVERIES).all(endpoint, nowMs, limit) as Delivery[];
}

/**
 * Returns the time at which the endpoint's next delivery is due, in Unix milliseconds. Ignores the deliveries in
 * `running`. Returns null if no other delivery is pending.
 */
export function nextDeliveryDueAtMs(store: Store, endpoint: string, running: number[]): number | null {
  const text = `SELECT min(due_ms) AS due FROM deliveries
    WHERE state = 'pending' AND endpoint = ? AND id NOT IN (${running.map(() => "?").join(", ")})`;
  return (store.sql(text).get(endpoint, ...running) as { due: number | null }).due;
}

export function hasUnattemptedDelivery(store: Store, account: string, event: string): boolean {
  const text = "SELECT 1 FROM deliveries WHERE account = ? AND event = ? AND state = 'pending' AND attempts = 0";
  return store.sql(text).get(account, event) !== undefined;
}

type AttemptRecord = {
  outcome: DeliveryAttemptOutcome;
  state: string;
  startedMs: number;
  endedMs: number;
  /** When the next attempt is due, in Unix milliseconds, if the delivery is still pending. */
  dueMs: number;
};

/** Stores the attempt and the delivery's new state. A delivery that is no longer pending keeps its state. */
export function recordDeliveryAttempt(store: Store, delivery: Delivery, attempt: AttemptRecord): void {
  const { outcome, state, startedMs, endedMs, dueMs } = attempt;
  store
    .sql("UPDATE deliveries SET state = ?, attempts = ?, due_ms = ? WHERE id = ? AND state = 'pending'")
    .run(state, delivery.attempts + 1, dueMs, delivery.id);
  store
    .sql("INSERT INTO attempts (account, delivery, at_ms, status, note, took_ms) VALUES (?, ?, ?, ?, ?, ?)")
    .run(delivery.account, delivery.id, startedMs, outcome.status, outcome.responseExcerpt, endedMs - startedMs);
}
