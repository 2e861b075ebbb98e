// The mail that a payment makes due, by how it stands: thanks when the money is there, and two words about a bank debit, which takes
// days. Each once a payment, as soon as we know whom to write to.
import type { Payment } from "../../generated/sqlite/client";
import type { PaymentFrequency } from "../giving/frequency";
import { currencyFromStripe } from "../money";
import { type PaymentMailKind, queueMail } from "./outbox";
import type { Recording } from "./recording";
import { beginsSecondGift } from "./second-gift";
import { findMailAddress } from "./supporters";

/** Books that are rebuilt, or an event that comes very late, must not write about a gift of long ago. */
const WRITTEN_WITHIN_DAYS: Record<PaymentMailKind, number> = {
  thanks: 3,
  "debit-begun": 3,
  /** After it was begun: a bank has days to say no. */
  "debit-bounced": 30,
};
const KINDS = Object.keys(WRITTEN_WITHIN_DAYS) as PaymentMailKind[];

export async function queuePaymentMail(recording: Recording, payment: Payment): Promise<void> {
  const { tx, now, silent } = recording;
  const { id, supporterId } = payment;
  const due = dueMail(payment);
  if (silent || !due || !supporterId) return;
  if (now.getTime() - due.since.getTime() > days(WRITTEN_WITHIN_DAYS[due.kind])) return;
  const to = await findMailAddress(recording, supporterId);
  if (!to) throw new Error(`payment ${id} has a supporter without an address: ${supporterId}`);
  await queueMail(tx, {
    kind: due.kind,
    factKey: `${due.kind}:${id}`,
    to,
    now,
    values: {
      paymentId: id,
      amountMinor: Number(payment.amountMinor),
      currency: currencyFromStripe(payment.currency),
      frequency: payment.frequency as PaymentFrequency,
      paidAt: payment.paidAt.toISOString(),
      ...(due.kind === "thanks" ? { isSecond: await beginsSecondGift(tx, payment) } : {}),
    },
  });
}

/** What has not left yet about the payments of this gift, and about what of them went back, goes to where its supporter's mail goes now. */
export async function redirectMail(
  { tx }: Recording,
  { recurringGiftId, supporterId }: { recurringGiftId: string; supporterId: string },
): Promise<void> {
  const to = await findMailAddress({ tx }, supporterId);
  if (!to) return;
  const select = { id: true, refunds: { select: { id: true } } };
  const payments = await tx.payment.findMany({ where: { recurringGiftId }, select });
  const keys = payments.flatMap(({ id, refunds }) => [
    ...KINDS.map((kind) => `${kind}:${id}`),
    ...refunds.map((refund) => `went-back:${refund.id}`),
  ]);
  const { emailHash: personHash, emailSealed: toSealed, locale } = to;
  await tx.outboxMail.updateMany({
    where: { sendAfter: { not: null }, factKey: { in: keys } },
    data: { personHash, toSealed, locale },
  });
}

/** A single gift's money is booked with its charge, a recurring one's with its invoice; a session alone says too little. */
function dueMail(payment: Payment): { kind: PaymentMailKind; since: Date } | null {
  const { status, chargeId, invoiceId, arrivedAt, paidAt } = payment;
  if (status === "pending") return { kind: "debit-begun", since: paidAt };
  if (status === "failed") return { kind: "debit-bounced", since: paidAt };
  const isBooked = status === "succeeded" && (chargeId !== null || invoiceId !== null);
  return isBooked && arrivedAt ? { kind: "thanks", since: arrivedAt } : null;
}

function days(count: number): number {
  return count * 24 * 60 * 60 * 1000;
}
