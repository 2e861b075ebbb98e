// The payments of the ledger: money that moved. A payment only ever learns more; nothing here takes anything back.
import type { Gift, Payment } from "../../generated/sqlite/client";
import type { Tx } from "../../systems/database";
import type { PaymentStatus, RecurringPayment, SinglePayment } from "./fact";
import type { Recording } from "./recording";
import { ensureRecurringGift, nameGiver } from "./recurring-gifts";
import { recordSupporter } from "./supporters";
import { queueThanks } from "./thanks";

const CERTAINTY: Record<PaymentStatus, number> = { pending: 0, failed: 1, succeeded: 2 };

export async function recordSinglePayment(recording: Recording, fact: SinglePayment): Promise<void> {
  const { tx, now } = recording;
  const supporterId = await recordSupporter(recording, { email: fact.email, locale: fact.origin.locale });
  const known = await tx.payment.findUnique({ where: { paymentIntentId: fact.paymentIntentId } });
  if (known) assertSameMoney(known, fact);
  const payment = known
    ? await tx.payment.update({ where: { id: known.id }, data: learn(known, { fact, supporterId, now }) })
    : await tx.payment.create({
        data: {
          ...newPayment(fact, now),
          frequency: "once",
          paymentIntentId: fact.paymentIntentId,
          status: fact.status,
          supporterId,
          giftId: await knownGift(tx, fact.origin.giftId),
          chargeId: fact.charge?.chargeId ?? null,
          balanceTransactionId: fact.charge?.balanceTransactionId ?? null,
        },
      });
  // A bank debit takes days and keeps the day on which it was begun: what counts is that it has only now come through.
  const arrivedAt = known && known.status !== "succeeded" ? now : payment.paidAt;
  await queueThanks(recording, payment, arrivedAt);
}

export async function recordRecurringPayment(recording: Recording, fact: RecurringPayment): Promise<void> {
  const { tx, now } = recording;
  const recurringGift = await nameGiver(recording, { gift: await ensureRecurringGift(recording, fact), ...fact });
  const known = await tx.payment.findUnique({ where: { invoiceId: fact.invoiceId } });
  if (known) return assertSameMoney(known, fact);
  const payment = await tx.payment.create({
    data: {
      ...newPayment(fact, now),
      frequency: fact.frequency,
      invoiceId: fact.invoiceId,
      status: "succeeded",
      supporterId: recurringGift.supporterId,
      giftId: await knownGift(tx, fact.origin.giftId),
      recurringGiftId: recurringGift.id,
    },
  });
  await queueThanks(recording, payment);
}

/** What a second telling of the same payment adds: certainty, the charge and its time, who gave. */
function learn(
  known: Payment,
  { fact, supporterId, now }: { fact: SinglePayment; supporterId: string | null; now: Date },
): Partial<Payment> {
  const surer = CERTAINTY[fact.status] > CERTAINTY[known.status as PaymentStatus];
  const status = surer ? fact.status : known.status;
  const earlier = fact.paidAt < known.paidAt;
  return {
    status,
    paidAt: fact.charge || (earlier && !known.chargeId) ? fact.paidAt : known.paidAt,
    chargeId: known.chargeId ?? fact.charge?.chargeId ?? null,
    balanceTransactionId: known.balanceTransactionId ?? fact.charge?.balanceTransactionId ?? null,
    supporterId: known.supporterId ?? supporterId,
    settleAfter: known.netMinor === null && surer ? now : known.settleAfter,
  };
}

function newPayment(fact: SinglePayment | RecurringPayment, now: Date) {
  return {
    id: receiptNumber(),
    amountMinor: BigInt(fact.money.amountMinor),
    currency: fact.money.currency,
    paidAt: fact.paidAt,
    article: fact.origin.article,
    appeal: fact.origin.appeal,
    variant: fact.origin.variant,
    recordedAt: now,
    settleAfter: now,
  };
}

/** The gift's row, if we hold one: a payment is recorded also where it was lost. */
async function knownGift(tx: Tx, giftId: string): Promise<Gift["id"] | null> {
  return (await tx.gift.findUnique({ where: { id: giftId }, select: { id: true } }))?.id ?? null;
}

function assertSameMoney(known: Payment, { money }: SinglePayment | RecurringPayment): void {
  if (known.amountMinor === BigInt(money.amountMinor) && known.currency === money.currency) return;
  throw new Error(`payment ${known.id} was recorded with another amount`);
}

/** Ten characters that can be read out over a telephone: no I, L, O or U (Crockford's base 32), 50 bits. */
function receiptNumber(): string {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return Array.from(bytes, (byte) => alphabet[byte % 32]).join("");
}
