// Reads an e-mail from its row in the outbox. Checks its values, because an older version of the site could have
// written the row.
import "server-only";
import { z } from "zod";
import { FREQUENCIES } from "../../domain/frequencies";
import {
  isPaymentFrequency,
  type OnceOrRecurringFrequency,
  type RecurringFrequency,
} from "../../domain/giving/frequency";
import {
  BOOKS_CHECK_STATUSES,
  MAILED_GIFT_CHANGE_KINDS,
  MAILED_STAFF_ACCESS_CHANGES,
  STAFF_TASK_KINDS,
} from "../../domain/ledger/outbox";
import { type Currency, isStripeCurrency } from "../../domain/money";
import { ROLES } from "../../domain/staff-role";
import type { IdentityCrypto } from "../identity";
import { findPublishedLetter } from "../letters/published-letters";
import type { DecryptedMail } from "./render";

const money = {
  amountMinor: z.int(),
  currency: z.custom<Currency>((value) => typeof value === "string" && isStripeCurrency(value)),
};
const ofPayment = z.object({
  paymentId: z.string(),
  ...money,
  frequency: z.custom<OnceOrRecurringFrequency>((value) => typeof value === "string" && isPaymentFrequency(value)),
  paidAt: z.iso.datetime(),
  coveredFeeMinor: z.int().optional(),
  isSecond: z.boolean().optional(),
  isRecovered: z.boolean().optional(),
});

const addressChange = z.object({
  tokenSealed: z.string(),
  newSealed: z.string(),
  takesEffectAt: z.iso.datetime().nullable(),
  by: z.literal("staff").optional(),
});
const terms = z.object({
  money: z.object({ amountMinor: z.int(), currency: ofPayment.shape.currency }).nullable(),
  frequency: z.custom<RecurringFrequency>(
    (value) => typeof value === "string" && value !== "once" && isPaymentFrequency(value),
  ),
  chargesNextAt: z.iso.datetime().nullable(),
});
const ofGift = { recurringGiftId: z.string(), subscriptionId: z.string() };

const summary = z.object({
  day: z.iso.date(),
  kept: z.array(z.object({ currency: money.currency, payments: z.int(), keptMinor: z.int().nullable() })).nullable(),
  waiting: z.array(z.object({ kind: z.enum(STAFF_TASK_KINDS), count: z.int().nullable() })).nullable(),
  answerBy: z.iso.datetime().nullable(),
  books: z.object({ state: z.enum(BOOKS_CHECK_STATUSES), checkedAt: z.iso.datetime().nullable() }),
});

const mail = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["thanks", "debit-pending", "debit-bounced"]), values: ofPayment }),
  z.object({
    kind: z.enum(["refunded", "refund-failed"]),
    values: ofPayment.extend({ refundId: z.string(), givenMinor: z.int(), refundedAt: z.iso.datetime() }),
  }),
  z.object({
    kind: z.literal("renewal-failed"),
    values: z.object({
      subscriptionId: z.string(),
      attempt: z.string(),
      ...money,
      nextAttemptAt: z.iso.datetime().nullable(),
    }),
  }),
  z.object({
    kind: z.literal("renewal-upcoming"),
    values: z.object({ subscriptionId: z.string(), ...money, chargesAt: z.iso.datetime() }),
  }),
  z.object({
    kind: z.literal("card-expires"),
    values: z.object({ subscriptionId: z.string(), expiresAt: z.iso.datetime() }),
  }),
  z.object({ kind: z.literal("receipt"), values: ofPayment.extend({ keptMinor: z.int() }) }),
  z.object({ kind: z.literal("payment-link"), values: z.object({ subscriptionId: z.string(), ...money }) }),
  z.object({ kind: z.literal("gift-link"), values: z.object({ subscriptionId: z.string() }) }),
  z.object({
    kind: z.literal("changed"),
    values: z.object({
      ...ofGift,
      change: z.enum(MAILED_GIFT_CHANGE_KINDS),
      before: terms,
      after: terms,
      resumesAt: z.iso.datetime().nullable(),
      endsAt: z.iso.datetime().nullable(),
    }),
  }),
  z.object({ kind: z.literal("resumes"), values: terms.extend({ ...ofGift, resumesAt: z.iso.datetime() }) }),
  z.object({ kind: z.literal("burst"), values: z.object({ beganAt: z.iso.datetime() }) }),
  z.object({ kind: z.literal("summary"), values: summary }),
  z.object({
    kind: z.literal("staff-news"),
    values: z.object({
      news: z.enum(MAILED_STAFF_ACCESS_CHANGES),
      role: z.enum(ROLES),
      until: z.iso.datetime().nullable(),
      left: z.int().nullable(),
    }),
  }),
  z.object({
    kind: z.enum(["reminder-confirm", "reminder"]),
    values: z.object({ reminderId: z.string(), rhythm: z.enum(FREQUENCIES), money: z.object(money).nullable() }),
  }),
  z.object({ kind: z.literal("letter"), values: z.object({ readerId: z.string(), letter: z.string() }) }),
  z.object({ kind: z.enum(["address-changed", "address-left"]), values: z.strictObject({}) }),
  z.object({ kind: z.literal("erased"), values: z.object({ isNeutral: z.boolean() }) }),
  z.object({ kind: z.literal("address-old"), values: addressChange }),
  z.object({ kind: z.literal("address-new"), values: addressChange }),
  z.object({ kind: z.literal("sign-in"), values: z.object({ tokenSealed: z.string(), next: z.string() }) }),
]);

/**
 * Returns the e-mail with decrypted values. Throws if this version does not know its kind, the values do not fit the
 * kind, or its letter is not published.
 */
export function readQueuedMail(
  { kind, values, locale }: { kind: string; values: string; locale: string },
  { identity, now }: { identity: IdentityCrypto; now: Date },
): DecryptedMail {
  const queued = mail.parse({ kind, values: JSON.parse(values) });
  if (queued.kind === "letter") {
    const text = findPublishedLetter(queued.values.letter, { locale, now });
    if (!text) throw new Error(`letter ${queued.values.letter} is missing or not published yet`);
    return { kind: "letter", values: { ...queued.values, text } };
  }
  if (queued.kind === "address-old" || queued.kind === "address-new") {
    const { tokenSealed, newSealed, takesEffectAt, by } = queued.values;
    const values = { token: identity.open(tokenSealed), newAddress: identity.open(newSealed), takesEffectAt, by };
    return { kind: queued.kind, values };
  }
  if (queued.kind !== "sign-in") return queued;
  const { tokenSealed, next } = queued.values;
  return { kind: "sign-in", values: { token: identity.open(tokenSealed), next } };
}
