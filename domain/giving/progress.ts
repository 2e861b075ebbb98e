// How far a gift has come, for the page that a reader returns to from Stripe. It reads the ledger and believes nothing else.
import type { Db } from "../../systems/database";
import { currencyFromStripe, type Money } from "../money";
import type { Frequency } from "./gift";

export type GiftProgress =
  | { kind: "unknown" }
  /** `settling`: Stripe has it, and the bank debit takes days. */
  | { kind: "on-its-way"; money: Money; frequency: Frequency; settling: boolean }
  | { kind: "received"; money: Money; frequency: Frequency; paidAt: Date; paymentId: string }
  | { kind: "failed" | "expired"; money: Money; frequency: Frequency };

/** `checkoutSessionId` is what Stripe put into the address on the way back. */
export async function findGiftProgress(db: Db, checkoutSessionId: string): Promise<GiftProgress> {
  const gift = await db.gift.findUnique({
    where: { checkoutSessionId },
    include: { payments: { orderBy: { paidAt: "asc" } } },
  });
  if (!gift) return { kind: "unknown" };
  const money = { amountMinor: Number(gift.amountMinor), currency: currencyFromStripe(gift.currency) };
  const frequency = gift.frequency as Frequency;
  const paid = gift.payments.find((payment) => payment.status === "succeeded");
  if (paid) return { kind: "received", money, frequency, paidAt: paid.paidAt, paymentId: paid.id };
  if (gift.payments.some((payment) => payment.status === "failed")) return { kind: "failed", money, frequency };
  if (gift.status === "expired") return { kind: "expired", money, frequency };
  return { kind: "on-its-way", money, frequency, settling: gift.payments.length > 0 };
}
