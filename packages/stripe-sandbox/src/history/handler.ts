// POST /_sandbox/history: creates the history, then reports its delivery as NDJSON lines. A repeated call with the same seed
// creates nothing and reports on the same deliveries, so an interrupted call can be repeated.
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { accountIdOf } from "../account";
import { readBody } from "../http/body";
import { StripeError } from "../http/errors";
import { findStoredAnswer, fingerprintOf, storeAnswer } from "../http/idempotency";
import { jsonReply, sendReply } from "../http/reply";
import type { Sandbox } from "../sandbox";
import { runDue } from "../stories/handle-due-objects";
import { type HistoryProfile, profileSchema } from "./profile";
import { simulateHistory } from "./simulate";

/** Deliveries that run at once while a history is delivered. */
const WIDTH = 6;
const REPORT_EVERY_MS = 250;

type CreatedHistory = {
  payments: number;
  /** Row id of the first delivery. */
  first: number;
  /** Row id of the last delivery. */
  last: number;
};

export async function answerHistory(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const profile = profileSchema.parse(JSON.parse(await readBody(request)));
    const created = createOnce(sandbox, profile);
    // Some objects, such as unpaid invoices, were due again before the history's end. What then happened belongs to the history.
    await runDue(sandbox);
    const history = { ...created, last: lastDelivery(sandbox) };
    response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
    await report(sandbox, accountIdOf(profile.key), { history, response });
  } catch (failure) {
    if (response.headersSent) throw failure;
    if (failure instanceof SyntaxError)
      return sendReply(response, jsonReply(400, { error: "the profile is not JSON" }));
    if (failure instanceof z.ZodError) return sendReply(response, jsonReply(400, { error: z.prettifyError(failure) }));
    if (!(failure instanceof StripeError)) throw failure;
    sendReply(response, jsonReply(failure.details.status, { error: failure.message }));
  }
}

function createOnce(sandbox: Sandbox, profile: HistoryProfile): CreatedHistory {
  const { store } = sandbox;
  const { endsAt: _, ...lasting } = profile;
  const account = accountIdOf(profile.key);
  const fingerprint = fingerprintOf("/_sandbox/history", { profile: JSON.stringify(lasting) });
  const keyed = { account, key: `history ${profile.seed}`, fingerprint, requestId: null };
  return store.transaction(() => {
    const former = findStoredAnswer(store, keyed, sandbox.now());
    if (former) return JSON.parse(former.body);
    store.rememberAccount(account, profile.key);
    const first = lastDelivery(sandbox) + 1;
    const payments = simulateHistory(sandbox, profile);
    const history: CreatedHistory = { payments, first, last: lastDelivery(sandbox) };
    storeAnswer(store, keyed, { answer: { status: 200, body: JSON.stringify(history) }, now: sandbox.now() });
    return history;
  });
}

function lastDelivery(sandbox: Sandbox): number {
  const row = sandbox.store.sql("SELECT coalesce(max(id), 0) AS last FROM deliveries").get();
  return (row as { last: number }).last;
}

async function report(
  sandbox: Sandbox,
  account: string,
  { history, response }: { history: CreatedHistory; response: ServerResponse },
): Promise<void> {
  const say = (line: object) => response.write(`${JSON.stringify(line)}\n`);
  sandbox.sender.widen(account, WIDTH);
  sandbox.sender.wake();
  try {
    let counts = countDeliveries(sandbox, history);
    while (counts.pending > 0 && !response.destroyed) {
      say({ delivered: counts.delivered, total: counts.total });
      await pause(REPORT_EVERY_MS);
      counts = countDeliveries(sandbox, history);
    }
    say({ done: true, payments: history.payments, ...counts });
  } finally {
    // If the caller hung up, the rest is delivered at the normal pace.
    sandbox.sender.widen(account, 1);
    response.end();
  }
}

type Counts = {
  total: number;
  delivered: number;
  pending: number;
  failed: number;
  /** Delivery attempts that did not get a 2xx response. */
  failedAttempts: number;
};

function countDeliveries(sandbox: Sandbox, { first, last }: CreatedHistory): Counts {
  const text = `SELECT count(*) AS total,
      coalesce(sum(state = 'delivered'), 0) AS delivered, coalesce(sum(state = 'pending'), 0) AS pending,
      coalesce(sum(state IN ('failed', 'dropped')), 0) AS failed,
      coalesce(sum(max(attempts - (state = 'delivered'), 0)), 0) AS failedAttempts
    FROM deliveries WHERE id BETWEEN ? AND ?`;
  return sandbox.store.sql(text).get(first, last) as Counts;
}
