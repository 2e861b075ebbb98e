// POST /_sandbox/history: makes the past, then reports its delivery as NDJSON lines. Asked again with the same seed, it
// makes nothing new and reports on the same deliveries: a broken-off call can simply be repeated.
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { accountIdOf } from "../account";
import { readBody } from "../http/body";
import { StripeError } from "../http/errors";
import { findAnswer, fingerprintOf, keepAnswer } from "../http/idempotency";
import { json, send } from "../http/reply";
import type { Sandbox } from "../sandbox";
import { liveHistory } from "./live";
import { type HistoryProfile, profileSchema } from "./profile";

/** How many deliveries run at once while a history is delivered. */
const WIDTH = 6;
const REPORT_EVERY_MS = 250;

type Made = {
  payments: number;
  /** The range of deliveries, by row id. */
  first: number;
  last: number;
};

export async function answerHistory(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const profile = profileSchema.parse(JSON.parse(await readBody(request)));
    const made = makeOnce(sandbox, profile);
    response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
    await report(sandbox, accountIdOf(profile.key), made, response);
  } catch (failure) {
    if (response.headersSent) throw failure;
    if (failure instanceof SyntaxError) return send(response, json(400, { error: "the profile is not JSON" }));
    if (failure instanceof z.ZodError) return send(response, json(400, { error: z.prettifyError(failure) }));
    if (!(failure instanceof StripeError)) throw failure;
    send(response, json(failure.details.status, { error: failure.message }));
  }
}

function makeOnce(sandbox: Sandbox, profile: HistoryProfile): Made {
  const { store } = sandbox;
  const { endsAt: _, ...lasting } = profile;
  const account = accountIdOf(profile.key);
  const fingerprint = fingerprintOf("/_sandbox/history", { profile: JSON.stringify(lasting) });
  const keyed = { account, key: `history ${profile.seed}`, fingerprint, requestId: null };
  return store.transaction(() => {
    const former = findAnswer(store, keyed, sandbox.now());
    if (former) return JSON.parse(former.body);
    store.rememberAccount(account, profile.key);
    const first = lastDelivery(sandbox) + 1;
    const payments = liveHistory(sandbox, profile);
    const made: Made = { payments, first, last: lastDelivery(sandbox) };
    keepAnswer(store, keyed, { status: 200, body: JSON.stringify(made) }, sandbox.now());
    return made;
  });
}

function lastDelivery(sandbox: Sandbox): number {
  const row = sandbox.store.sql("SELECT coalesce(max(id), 0) AS last FROM deliveries").get();
  return (row as { last: number }).last;
}

async function report(sandbox: Sandbox, account: string, made: Made, response: ServerResponse): Promise<void> {
  const say = (line: object) => response.write(`${JSON.stringify(line)}\n`);
  sandbox.sender.widen(account, WIDTH);
  sandbox.sender.wake();
  try {
    let counts = countDeliveries(sandbox, made);
    while (counts.pending > 0 && !response.destroyed) {
      say({ delivered: counts.delivered, total: counts.total });
      await pause(REPORT_EVERY_MS);
      counts = countDeliveries(sandbox, made);
    }
    say({ done: true, payments: made.payments, ...counts });
  } finally {
    // A caller who hung up leaves the rest to be delivered in the ordinary way.
    sandbox.sender.widen(account, 1);
    response.end();
  }
}

type Counts = {
  total: number;
  delivered: number;
  pending: number;
  failed: number;
  /** Tries that were not answered with 2xx. */
  retried: number;
};

function countDeliveries(sandbox: Sandbox, { first, last }: Made): Counts {
  const text = `SELECT count(*) AS total,
      coalesce(sum(state = 'delivered'), 0) AS delivered, coalesce(sum(state = 'pending'), 0) AS pending,
      coalesce(sum(state IN ('failed', 'dropped')), 0) AS failed,
      coalesce(sum(max(attempts - (state = 'delivered'), 0)), 0) AS retried
    FROM deliveries WHERE id BETWEEN ? AND ?`;
  return sandbox.store.sql(text).get(first, last) as Counts;
}
