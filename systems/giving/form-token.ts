// The gift form's one-time token, and the pass of a reader who was asked to wait. Both are signed and dated, and stored nowhere.
import { setTimeout as delay } from "node:timers/promises";
import { type Gift, sameGiftKey } from "../../domain/giving/gift";
import { env } from "../env";
import { readToken, type SignedToken, signToken } from "../signed-token";

/** No reader chooses and presses faster. A faster form is not refused; its answer waits for the rest of this time. */
const LEAST_AGE_MS = 1_000;
/** A page that was left open overnight still works. */
const MOST_AGE_MS = 24 * 60 * 60 * 1000;
/** A pass opens its gift this long after the wait is over. */
const PASS_LASTS_MS = 15 * 60 * 1000;
/** Clocks of several instances may differ this much. */
const CLOCKS_APART_MS = 5_000;

export function newFormToken(now: Date): string {
  return signToken({ purpose: "gift form", secret: env().NEXTAUTH_SECRET, at: now });
}

/** Null where the form is none of ours, or too old. */
export function readFormToken(text: string, now: Date): SignedToken | null {
  const token = readToken(text, { purpose: "gift form", secret: env().NEXTAUTH_SECRET });
  const ageMs = token ? now.getTime() - token.at.getTime() : 0;
  return ageMs > -CLOCKS_APART_MS && ageMs < MOST_AGE_MS ? token : null;
}

/** Resolves when a person could have filled in the form. */
export async function waitUntilReadable({ at }: SignedToken, now: Date): Promise<void> {
  const restMs = LEAST_AGE_MS - (now.getTime() - at.getTime());
  if (restMs > 0) await delay(Math.min(restMs, LEAST_AGE_MS));
}

/** For this form and this gift only, from `readyAt` on: so it opens one Checkout, however often it is shown. */
export function newPass({ form, gift, readyAt }: { form: SignedToken; gift: Gift; readyAt: Date }): string {
  return signToken({ ...passSigning(form, gift), id: form.id, at: readyAt });
}

export type Pass = { kind: "none" } | { kind: "early"; readyAt: Date } | { kind: "ready" };

export function readPass(text: string, { form, gift, now }: { form: SignedToken; gift: Gift; now: Date }): Pass {
  const token = readToken(text, passSigning(form, gift));
  const sinceMs = token ? now.getTime() - token.at.getTime() : Number.POSITIVE_INFINITY;
  if (!token || sinceMs > PASS_LASTS_MS) return { kind: "none" };
  return sinceMs < 0 ? { kind: "early", readyAt: token.at } : { kind: "ready" };
}

/** For the wait page, which knows the gift by its fields only: when its pass is ready, or null where it is none of ours. */
export function passReadyAt(text: string): Date | null {
  const [at = ""] = text.split(".", 1);
  return /^[0-9a-z]{1,10}$/.test(at) ? new Date(Number.parseInt(at, 36)) : null;
}

function passSigning(form: SignedToken, gift: Gift) {
  return { purpose: "gift pass", secret: env().NEXTAUTH_SECRET, boundTo: `${form.id}:${sameGiftKey(gift)}` };
}
