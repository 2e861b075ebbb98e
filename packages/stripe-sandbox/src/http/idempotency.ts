// Stores the answers of calls with an idempotency key. As at Stripe, an answer is kept for a day. A second request with
// the key is refused while the first is in progress.
import { createHash } from "node:crypto";
import type { Store } from "../store";
import { SimulatedStripeError } from "./errors";
import type { FormMap, FormValue } from "./form";

const STORED_SECONDS = 24 * 3600;

export type StatusAndBody = {
  status: number;
  body: string;
};

export type IdempotentRequest = {
  account: string;
  key: string;
  fingerprint: string;
  /**
   * The id of the API request. Null for the creation of a history, which is not an API request. An answer that is
   * stored with null never expires.
   */
  requestId: string | null;
};

export type StoredAnswer = StatusAndBody & {
  requestId: string | null;
};

/** Returns a hash of the path and the parameters, the same for any order of the parameters. */
export function fingerprintOf(path: string, form: FormMap): string {
  return createHash("sha256")
    .update(`${path}\n${JSON.stringify(ordered(form))}`)
    .digest("hex");
}

function ordered(value: FormValue): unknown {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(ordered);
  const names = Object.keys(value).sort();
  return names.map((name) => [name, ordered(value[name] ?? "")]);
}

export function checkIdempotencyKeyLength(key: string): void {
  if (key.length <= 255) return;
  const message = "Idempotency keys can be at most 255 characters long.";
  throw new SimulatedStripeError({ status: 400, type: "idempotency_error", message });
}

export function findStoredAnswer(store: Store, request: IdempotentRequest, now: number): StoredAnswer | null {
  const text = `SELECT fingerprint, status, body, request_id AS requestId FROM answers
    WHERE account = ? AND key = ? AND (created > ? OR request_id IS NULL)`;
  const row = store.sql(text).get(request.account, request.key, now - STORED_SECONDS) as
    | (StoredAnswer & { fingerprint: string })
    | undefined;
  if (!row) return null;
  if (row.fingerprint === request.fingerprint) return row;
  const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${request.key}' if you meant to execute a different request.`;
  throw new SimulatedStripeError({ status: 400, type: "idempotency_error", message });
}

export function storeAnswer(
  store: Store,
  request: IdempotentRequest,
  { answer, now }: { answer: StatusAndBody; now: number },
): void {
  const { account, key, fingerprint, requestId } = request;
  store
    .sql("DELETE FROM answers WHERE account = ? AND created <= ? AND request_id IS NOT NULL")
    .run(account, now - STORED_SECONDS);
  const text = `INSERT OR REPLACE INTO answers (account, key, fingerprint, status, body, request_id, created)
    VALUES (?, ?, ?, ?, ?, ?, ?)`;
  store.sql(text).run(account, key, fingerprint, answer.status, answer.body, requestId, now);
}

export function inFlightError(key: string): SimulatedStripeError {
  const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
  return new SimulatedStripeError({ status: 409, type: "idempotency_error", code: "idempotency_key_in_use", message });
}
