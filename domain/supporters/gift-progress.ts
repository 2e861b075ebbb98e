// How far a gift has come, for the page that a reader returns to from Stripe. It reads the ledger and believes nothing else.
import type { Gift, Payment } from "../../generated/sqlite/client";
import type { Db } from "../database";
import type { Frequency } from "../giving/gift";
import { standingOf } from "../ledger/payment-standing";
import { type Money, moneyOf } from "../money";

export type GiftProgress =
  | { kind: "unknown" }
  /** `settling`: Stripe has it, and the bank debit takes days. */
  | { kind: "on-its-way"; money: Money; frequency: Frequency; settling: boolean }
  /** `kept` is less than `money` where part of it has gone back since. */
  | { kind: "received"; money: Money; kept: Money; frequency: Frequency; paidAt: Date; paymentId: string }
  /** It came, and nothing of it is left: refunded, or taken back by a bank. */
  | { kind: "returned" | "taken-by-bank"; money: Money; frequency: Frequency }
  | { kind: "failed" | "expired"; money: Money; frequency: Frequency };

/** A link is passed on, forgotten in a history, read over a shoulder: how much it was is on the page for this long. */
export const SHOWN_FOR_HOURS = 24;

type Asked = { checkoutSessionId: string; marks: readonly string[]; now: Date };

/**
 * `checkoutSessionId` is what Stripe put into the address on the way back. `mark`: the one that shows that the gift was begun on the
 * device that asks, and not long ago. Whoever else has the address may know how far the gift is, not how much it is.
 */
export async function findGiftProgress(
  db: Db,
  { checkoutSessionId, marks, now }: Asked,
): Promise<GiftProgress & { mark: string | null }> {
  const gift = await db.gift.findUnique({
    where: { checkoutSessionId },
    include: { payments: { orderBy: { paidAt: "asc" } } },
  });
  if (!gift) return { kind: "unknown", mark: null };
  const mark = findMark(gift, { marks, now });
  const money = moneyOf(gift.amountMinor, gift.currency);
  const frequency = gift.frequency as Frequency;
  const came = gift.payments.filter(({ status }) => status === "succeeded");
  const paid = came.find((payment) => standingOf(payment).kept.amountMinor > 0) ?? came[0];
  if (paid) return { money, frequency, mark, ...afterItCame(paid) };
  if (gift.payments.some((payment) => payment.status === "failed")) return { kind: "failed", money, frequency, mark };
  if (gift.status === "expired") return { kind: "expired", money, frequency, mark };
  return { kind: "on-its-way", money, frequency, settling: gift.payments.length > 0, mark };
}

/** Of a recurring gift by its first payment that is kept: a later one may have another amount. */
function afterItCame(payment: Payment) {
  const { standing, kept } = standingOf(payment);
  if (kept.amountMinor === 0)
    return { kind: standing === "returned" ? ("returned" as const) : ("taken-by-bank" as const) };
  const { id: paymentId, paidAt, amountMinor, currency } = payment;
  return { kind: "received" as const, money: moneyOf(amountMinor, currency), kept, paidAt, paymentId };
}

/** A mark is the number of the form that began a gift: the device that sent the form kept it, and nobody else was told. */
export function findMark(
  { formKey, createdAt }: Pick<Gift, "formKey" | "createdAt">,
  { marks, now }: { marks: readonly string[]; now: Date },
): string | null {
  const [nonce = ""] = formKey.split(":");
  const isRecent = now.getTime() - createdAt.getTime() < SHOWN_FOR_HOURS * 60 * 60 * 1000;
  return isRecent && marks.includes(nonce) ? nonce : null;
}
