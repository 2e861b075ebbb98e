// Receives Stripe's webhooks. The response is only a status, so it repeats nothing of the event.
import "server-only";
import { recordDeadLetter } from "@/domain/ledger/dead-letters";
import { recordEvents } from "@/domain/ledger/record";
import { UnrecordableError } from "@/domain/ledger/unrecordable";
import { currentTime } from "../clock";
import { killProcessAtCrashPoint } from "../crash-points";
import { database, isRetryableDatabaseError } from "../database";
import { env, isLiveMode } from "../env";
import { buildRecordFactsOptions } from "../ledger-context";
import { log, redactError } from "../log";
import { stripe } from "../stripe/client";
import { eventWithMissingPeriodLineFetched } from "../stripe/own-line";
import { translateEvent } from "../stripe/translate";
import { verifyEvent } from "../stripe/verify";
import { runBackgroundJobsSoon } from "../wake-jobs";
import { withGroupCommit } from "./group-commit";

export type WebhookResponseStatus = 200 | 400 | 500 | 503;

/**
 * Records events. Events that arrive while a transaction runs are recorded together in the next transaction, so that
 * they wait for the disk only once.
 */
const recordInGroup = withGroupCommit(recordEvents);

/**
 * Returns the status of the response. 400: the event cannot be verified. 200: it is recorded, irrelevant, or stored as
 * a dead letter, which the site itself retries. 500: a failure that can pass. 503: the ledger is busy. After 500 and
 * 503 Stripe sends the event again. A dead letter does not get 500, because Stripe disables an endpoint that fails too
 * often.
 */
export async function receiveWebhook({
  raw,
  signature,
}: {
  raw: Buffer;
  signature: string | null;
}): Promise<WebhookResponseStatus> {
  const now = currentTime();
  // Uses the real time, because Stripe's signature contains it. In development, the site's own clock can be ahead of
  // it.
  const expected = { secret: env().STRIPE_WEBHOOK_SECRET, live: isLiveMode(), now: new Date() };
  const verified = verifyEvent(raw, { signature, ...expected });
  if (verified.kind === "refused") {
    log.warn({ reason: verified.reason }, "webhook refused");
    return 400;
  }
  killProcessAtCrashPoint("after-verify");
  const { id: eventId, type } = verified.event;
  try {
    const db = await database();
    const facts = translateEvent(await eventWithMissingPeriodLineFetched(stripe, verified.event));
    const outcome = await recordInGroup(db, { ...buildRecordFactsOptions(now), eventId, type, facts });
    killProcessAtCrashPoint("after-commit");
    log.info({ event: eventId, type, outcome }, "webhook");
    if (outcome === "recorded") runBackgroundJobsSoon();
    return 200;
  } catch (failure) {
    return statusOfFailure({ eventId, type, failure, now });
  }
}

async function statusOfFailure(failed: {
  eventId: string;
  type: string;
  failure: unknown;
  now: Date;
}): Promise<WebhookResponseStatus> {
  const { eventId: event, type, failure } = failed;
  const error = redactError(failure);
  // Stores no dead letter: the event is not at fault, and a busy database could not store one.
  if (isRetryableDatabaseError(failure)) {
    log.error({ event, type, error }, "the ledger is busy; Stripe will send the webhook again");
    return 503;
  }
  if (await becameDeadLetter({ ...failed, error })) {
    log.error({ event, type, error }, "a webhook could not be recorded and is now a dead letter");
    return 200;
  }
  log.error({ event, type, error }, "webhook failed; Stripe will send it again");
  return 500;
}

/**
 * Stores the failure. Returns true if the event is now a dead letter, because the event itself is at fault or had
 * failed before. Returns false after a first failure of the site, because Stripe soon sends the event again. Also
 * returns false if the failure cannot be stored.
 */
async function becameDeadLetter(failed: Parameters<typeof recordDeadLetter>[1]): Promise<boolean> {
  try {
    const { isKnown } = await recordDeadLetter(await database(), failed);
    return isKnown || failed.failure instanceof UnrecordableError;
  } catch (error) {
    log.error({ event: failed.eventId, error: redactError(error) }, "the failure of a webhook could not be stored");
    return false;
  }
}
