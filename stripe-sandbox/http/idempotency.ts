// Idempotency keys: the first answer to a key is given again to the same request; other parameters are an error. A key
// is in flight from the moment its headers arrive.
import { createHash } from "node:crypto";
import type { Store } from "../store";
import { StripeError } from "./errors";

export interface Answer {
  status: number;
  body: string;
}

export interface KeyedRequest {
  account: string;
  key: string;
  fingerprint: string;
}

export function fingerprintOf(method: string, path: string, body: string): string {
  return createHash("sha256").update(`${method} ${path}\n${body}`).digest("hex");
}

export function checkKey(key: string): void {
  if (key.length <= 255) return;
  const message = "Idempotency keys can be at most 255 characters long.";
  throw new StripeError({ status: 400, type: "idempotency_error", message });
}

export function findAnswer(store: Store, request: KeyedRequest): Answer | null {
  const text = "SELECT fingerprint, status, body FROM answers WHERE account = ? AND key = ?";
  const row = store.sql(text).get(request.account, request.key) as (Answer & { fingerprint: string }) | undefined;
  if (!row) return null;
  if (row.fingerprint === request.fingerprint) return row;
  const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${request.key}' if you meant to execute a different request.`;
  throw new StripeError({ status: 400, type: "idempotency_error", message });
}

export function keepAnswer(store: Store, request: KeyedRequest, answer: Answer, now: number): void {
  const text =
    "INSERT OR REPLACE INTO answers (account, key, fingerprint, status, body, created) VALUES (?, ?, ?, ?, ?, ?)";
  store.sql(text).run(request.account, request.key, request.fingerprint, answer.status, answer.body, now);
}

export function inFlightError(key: string): StripeError {
  const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
  return new StripeError({ status: 409, type: "idempotency_error", code: "idempotency_key_in_use", message });
}
