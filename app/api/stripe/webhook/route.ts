// The only door by which money enters the ledger. It answers after the commit, and says nothing of what it was sent.
import { recordFailure } from "@/domain/ledger/dead-letters";
import { recordEvent } from "@/domain/ledger/record";
import { readBody } from "@/systems/body";
import { crashPoint } from "@/systems/crash-points";
import { database } from "@/systems/database";
import { env, isLiveMode } from "@/systems/env";
import { pokeJobs } from "@/systems/jobs";
import { describe, log } from "@/systems/log";
import { recordingTerms } from "@/systems/recording";
import { translateEvent } from "@/systems/stripe/translate";
import { verifyEvent } from "@/systems/stripe/verify";

export const dynamic = "force-dynamic";

/** Stripe's largest events are well below this. */
const MOST_BYTES = 1_000_000;

export async function POST(request: Request): Promise<Response> {
  const now = new Date();
  const raw = await readBody(request, MOST_BYTES);
  if (!raw) return answer(413);
  const signature = request.headers.get("stripe-signature");
  const verified = verifyEvent(raw, { signature, secret: env().STRIPE_WEBHOOK_SECRET, live: isLiveMode(), now });
  if (verified.kind === "refused") {
    log.warn({ reason: verified.reason }, "webhook refused");
    return answer(400);
  }
  crashPoint("after-verify");
  const { id: eventId, type } = verified.event;
  const db = await database();
  try {
    const facts = translateEvent(verified.event);
    const outcome = await recordEvent(db, { ...recordingTerms(now), eventId, type, facts });
    crashPoint("after-commit");
    log.info({ event: eventId, type, outcome }, "webhook");
    if (outcome === "recorded") pokeJobs();
    return answer(200);
  } catch (error) {
    const told = describe(error);
    log.error({ event: eventId, type, error: told }, "webhook failed; Stripe will send it again");
    await recordFailure(db, { eventId, type, error: told, now }).catch(() => {});
    return answer(500);
  }
}

function answer(status: number): Response {
  return Response.json({ ok: status === 200 }, { status });
}
