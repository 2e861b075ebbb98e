import type { Account } from "../account";

export type LoggedDeliveryAttempt = {
  at_ms: number;
  status: number | null;
  /** The first 200 characters of the response body. If there was no response, the reason. */
  note: string;
  took_ms: number;
};

export type LoggedDelivery = {
  id: number;
  endpoint: string;
  url: string | null;
  state: "pending" | "delivered" | "failed" | "dropped";
  attempts: LoggedDeliveryAttempt[];
};

export function listLoggedDeliveries({ store, id: account }: Account, event: string): LoggedDelivery[] {
  const deliveries = store
    .sql("SELECT id, endpoint, state FROM deliveries WHERE account = ? AND event = ? ORDER BY id")
    .all(account, event) as Pick<LoggedDelivery, "id" | "endpoint" | "state">[];
  const attemptsOf = "SELECT at_ms, status, note, took_ms FROM attempts WHERE delivery = ? ORDER BY id";
  return deliveries.map((delivery) => ({
    ...delivery,
    url: store.find(account, "webhook_endpoint", delivery.endpoint)?.url ?? null,
    attempts: store.sql(attemptsOf).all(delivery.id) as LoggedDeliveryAttempt[],
  }));
}
