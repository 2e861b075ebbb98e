// Finds out what has become of a gift after Checkout. Reads only the ledger and sends no request to Stripe.

import type { Gift, Payment } from "../../generated/sqlite/client";
import type { Db } from "../database";
import type { Frequency } from "../frequencies";
import { coveredFeeOf } from "../giving/covered-fee";
import { paymentStandingOf } from "../ledger/payment-standing";
import { type Money, moneyOf } from "../money";
import { findGiftLocale, findGiftWithPayments } from "./store";

export type GiftProgress =
  | { kind: "unknown" }
  /** `settling`: true if a bank debit has begun, which takes days. */
  | { kind: "on-its-way"; money: Money; frequency: Frequency; settling: boolean }
  /** `kept`: what is left of `money` after refunds and disputes. */
  | { kind: "received"; money: Money; kept: Money; frequency: Frequency; paidAt: Date; paymentId: string }
  /** The whole payment was refunded (`returned`), or a bank holds it or has taken it back (`taken-by-bank`). */
  | { kind: "returned" | "taken-by-bank"; money: Money; frequency: Frequency }
  | { kind: "failed" | "expired"; money: Money; frequency: Frequency };

/**
 * For this number of hours after the form was sent, the thank-you page shows the amount on the device that sent the
 * form. Later the page hides the amount, because somebody else could open the page, for example from a browser's
 * history.
 */
export const THANK_YOU_SHOWS_AMOUNT_FOR_HOURS = 24;

type Question = { checkoutSessionId: string; formNonces: readonly string[]; now: Date };

/**
 * Finds the gift of a Checkout session. `formNonce` in the result: the random number of the gift's form. It is null if
 * the gift is unknown, not recent, or not from this device. If it is null, the caller must not show the amount.
 */
export async function findGiftProgress(
  db: Db,
  { checkoutSessionId, formNonces, now }: Question,
): Promise<GiftProgress & { formNonce: string | null; coveredFee: Money | null }> {
  const gift = await findGiftWithPayments(db, checkoutSessionId);
  if (!gift) return { kind: "unknown", formNonce: null, coveredFee: null };
  return { ...progressOf(gift, { formNonces, now }), coveredFee: coveredFeeOf(gift) };
}

function progressOf(
  gift: Gift & { payments: Payment[] },
  { formNonces, now }: Pick<Question, "formNonces" | "now">,
): GiftProgress & { formNonce: string | null } {
  const formNonce = findMatchingFormNonce(gift, { formNonces, now });
  const money = moneyOf(gift.amountMinor, gift.currency);
  const frequency = gift.frequency as Frequency;
  const succeeded = gift.payments.filter(({ status }) => status === "succeeded");
  const paid = succeeded.find((payment) => paymentStandingOf(payment).kept.amountMinor > 0) ?? succeeded[0];
  if (paid) return { money, frequency, formNonce, ...afterItCame(paid) };
  if (gift.payments.some((payment) => payment.status === "failed"))
    return { kind: "failed", money, frequency, formNonce };
  if (gift.status === "expired") return { kind: "expired", money, frequency, formNonce };
  return { kind: "on-its-way", money, frequency, settling: gift.payments.length > 0, formNonce };
}

/**
 * Describes a gift that was paid. `payment`: the gift's first succeeded payment whose kept amount is more than zero. If
 * there is none, `payment` is the gift's first succeeded payment.
 */
function afterItCame(payment: Payment) {
  const { standing, kept } = paymentStandingOf(payment);
  if (kept.amountMinor === 0)
    return { kind: standing === "returned" ? ("returned" as const) : ("taken-by-bank" as const) };
  const { id: paymentId, paidAt, amountMinor, currency } = payment;
  return { kind: "received" as const, money: moneyOf(amountMinor, currency), kept, paidAt, paymentId };
}

/**
 * Returns the random number of the gift's form if it is among `formNonces`. Only the device that sent the form knows
 * this number. Returns null if the gift is not recent, or was sent from another device.
 */
export function findMatchingFormNonce(
  { formKey, createdAt }: Pick<Gift, "formKey" | "createdAt">,
  { formNonces, now }: { formNonces: readonly string[]; now: Date },
): string | null {
  const [nonce = ""] = formKey.split(":");
  const isRecent = now.getTime() - createdAt.getTime() < THANK_YOU_SHOWS_AMOUNT_FOR_HOURS * 60 * 60 * 1000;
  return isRecent && formNonces.includes(nonce) ? nonce : null;
}

export function findLanguageOfGift(db: Db, checkoutSessionId: string): Promise<string | null> {
  return findGiftLocale(db, checkoutSessionId);
}
