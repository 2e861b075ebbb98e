// The gift form's token, and the pass. With a pass, a reader may give after they have waited because of a rate limit.
// The token and the pass are signed, contain a time, and are not stored.
import { setTimeout as delay } from "node:timers/promises";
import { CLOCK_TOLERANCE_MS } from "../../domain/clock-tolerance";
import { type Gift, giftTermsKey } from "../../domain/giving/gift";
import { env } from "../env";
import { parseSignedToken, type SignedTokenContent, signToken } from "../signed-token";

/**
 * The least time between the rendering and the sending of the form. No person sends the form faster. If it is sent
 * faster, the response is delayed until this time has passed.
 */
const MIN_AGE_MS = 1_000;
/**
 * How long a form is accepted after it was rendered. It is a day, so that a page that was left open overnight still
 * works.
 */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;
/** The time for which a wait token (also called pass) is valid, counted from the end of the reader's wait. */
const PASS_LASTS_MS = 15 * 60 * 1000;

export function newFormToken(now: Date): string {
  return signToken({ purpose: "gift form", secret: env().NEXTAUTH_SECRET, at: now });
}

/** Returns the token of a form. Null if it is forged, too old, or from the future. */
export function readFormToken(text: string, now: Date): SignedTokenContent | null {
  const token = parseSignedToken(text, { purpose: "gift form", secret: env().NEXTAUTH_SECRET });
  const ageMs = token ? now.getTime() - token.at.getTime() : 0;
  return ageMs > -CLOCK_TOLERANCE_MS && ageMs < MAX_AGE_MS ? token : null;
}

export async function waitUntilFormTokenIsOldEnough({ at }: SignedTokenContent, now: Date): Promise<void> {
  const restMs = MIN_AGE_MS - (now.getTime() - at.getTime());
  if (restMs > 0) await delay(Math.min(restMs, MIN_AGE_MS));
}

/**
 * The gift for which a wait token (a pass) is valid. With `form` and `gift`, the token allows starting the gift with
 * this form. With `movedGiftId`, it allows moving a started gift to Stripe's own payment page.
 */
type WaitTokenHolder = { form: SignedTokenContent; gift: Gift } | { movedGiftId: string };

/**
 * Returns a wait token, with which a reader can continue one gift after a wait. The token is valid only for this gift,
 * and only after `readyAt`, when the wait ends.
 */
export function newWaitToken({ readyAt, ...holder }: WaitTokenHolder & { readyAt: Date }): string {
  const id = "form" in holder ? holder.form.id : holder.movedGiftId;
  return signToken({ ...passSigning(holder), id, at: readyAt });
}

export type WaitTokenState = { kind: "none" } | { kind: "early"; readyAt: Date } | { kind: "ready" };

export function readWaitToken(text: string, { now, ...holder }: WaitTokenHolder & { now: Date }): WaitTokenState {
  const token = parseSignedToken(text, passSigning(holder));
  const sinceMs = token ? now.getTime() - token.at.getTime() : Number.POSITIVE_INFINITY;
  if (!token || sinceMs > PASS_LASTS_MS) return { kind: "none" };
  return sinceMs < 0 ? { kind: "early", readyAt: token.at } : { kind: "ready" };
}

/**
 * Returns the time from which a wait token (a pass) is valid. Does not check the token's signature, so use the result
 * only for the waiting page. Returns null if the text does not have the format of a wait token.
 */
export function readWaitTokenReadyAtUnverified(text: string): Date | null {
  const [at = ""] = text.split(".", 1);
  return /^[0-9a-z]{1,10}$/.test(at) ? new Date(Number.parseInt(at, 36)) : null;
}

function passSigning(holder: WaitTokenHolder) {
  const boundTo = "form" in holder ? `${holder.form.id}:${giftTermsKey(holder.gift)}` : holder.movedGiftId;
  return { purpose: "gift pass", secret: env().NEXTAUTH_SECRET, boundTo };
}
