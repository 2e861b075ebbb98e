// The only door by which money enters the ledger. It answers after the commit, and says nothing of what it was sent. Under pages/,
// since a handler there is handed Node's own request, and costs half of what a route of app/ does (lab/docs/benchmarks.md).

import type { IncomingMessage, ServerResponse } from "node:http";
import { recordFailure } from "@/domain/ledger/dead-letters";
import { recordEvent } from "@/domain/ledger/record";
import { Unrecordable } from "@/domain/ledger/unrecordable";
import { readMessage } from "@/systems/body";
import { currentTime } from "@/systems/clock";
import { crashPoint } from "@/systems/crash-points";
import { database, isBusy } from "@/systems/database";
import { env, isLiveMode } from "@/systems/env";
import { describe, log } from "@/systems/log";
import { pokeJobs } from "@/systems/poke";
import { recordingTerms } from "@/systems/recording";
import { stripe } from "@/systems/stripe/client";
import { wholeEvent } from "@/systems/stripe/own-line";
import { translateEvent } from "@/systems/stripe/translate";
import { verifyEvent } from "@/systems/stripe/verify";

/** The signature is over the raw bytes. */
export const config = { api: { bodyParser: false, externalResolver: true } };

/** Stripe's largest events are well below this. */
const MOST_BYTES = 1_000_000;

type Answer = 200 | 400 | 405 | 413 | 500 | 503;

export default async function webhook(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "POST") return answer(response, 405);
  const raw = await readMessage(request, MOST_BYTES);
  if (!raw) return answer(response, 413);
  const { "stripe-signature": signature } = request.headers;
  answer(response, await receive({ raw, signature: typeof signature === "string" ? signature : null }));
}

/**
 * 400: not Stripe's. 200: recorded, or kept as an event that cannot be, which is ours to try again: a 500 would make Stripe switch the
 * endpoint off in the end. 500: a failure of ours that may pass. 503: the ledger had no time. Stripe will send both again.
 */
export async function receive({ raw, signature }: { raw: Buffer; signature: string | null }): Promise<Answer> {
  const now = currentTime();
  // The signature's time is the sender's real one, also where the stand-in's clock was moved on.
  const expected = { secret: env().STRIPE_WEBHOOK_SECRET, live: isLiveMode(), now: new Date() };
  const verified = verifyEvent(raw, { signature, ...expected });
  if (verified.kind === "refused") {
    log.warn({ reason: verified.reason }, "webhook refused");
    return 400;
  }
  crashPoint("after-verify");
  const { id: eventId, type } = verified.event;
  try {
    const db = await database();
    const facts = translateEvent(await wholeEvent(stripe, verified.event));
    const outcome = await recordEvent(db, { ...recordingTerms(now), eventId, type, facts });
    crashPoint("after-commit");
    log.info({ event: eventId, type, outcome }, "webhook");
    if (outcome === "recorded") pokeJobs();
    return 200;
  } catch (failure) {
    return answerFailure({ eventId, type, failure, now });
  }
}

async function answerFailure(failed: { eventId: string; type: string; failure: unknown; now: Date }): Promise<Answer> {
  const { eventId: event, type, failure } = failed;
  const error = describe(failure);
  // A database that is busy says nothing of the event, and would be asked in vain once more.
  if (isBusy(failure)) {
    log.error({ event, type, error }, "the ledger had no time for a webhook; Stripe will send it again");
    return 503;
  }
  if (await isKept({ ...failed, error })) {
    log.error({ event, type, error }, "webhook kept as one that could not be recorded");
    return 200;
  }
  log.error({ event, type, error }, "webhook failed; Stripe will send it again");
  return 500;
}

/** Whether Stripe need not send it again. The first time that failure of ours may pass by itself: then Stripe is the quickest. */
async function isKept(failed: Parameters<typeof recordFailure>[1]): Promise<boolean> {
  try {
    const { isKnown } = await recordFailure(await database(), failed);
    return isKnown || failed.failure instanceof Unrecordable;
  } catch (error) {
    log.error({ event: failed.eventId, error: describe(error) }, "nor could its failure be kept");
    return false;
  }
}

function answer(response: ServerResponse, status: Answer): void {
  const body = JSON.stringify({ ok: status === 200 });
  response.setHeader("Content-Type", "application/json");
  response.setHeader("Content-Length", body.length);
  response.setHeader("Cache-Control", "no-store");
  if (status === 405) response.setHeader("Allow", "POST");
  // What is left of a body that was not read would be taken for the next request.
  if (status === 405 || status === 413) response.setHeader("Connection", "close");
  response.writeHead(status).end(body);
}
