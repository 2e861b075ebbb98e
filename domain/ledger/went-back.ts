// Queues one mail to the supporter when Stripe says that a refund has succeeded: the money takes days to appear on a statement.
// A dispute queues none. The cardholder opened it at the bank, and the bank reports how it ends. Our mail would look like
// pressure, and after a theft it would reach someone other than the cardholder. The supporter's own pages show it.
import type { Payment, Refund } from "../../generated/sqlite/client";
import type { PaymentFrequency } from "../giving/frequency";
import { currencyFromStripe } from "../money";
import { queueMail } from "./outbox";
import type { Recording } from "./recording";
import { listRows } from "./rows";
import { findMailAddress } from "./supporters";

/** From the day the refund was made; some stay pending for weeks. */
const TELL_WITHIN_DAYS = 30;

/** Safe to repeat: one mail for a refund. */
export async function queueWentBack(recording: Recording, payment: Payment, refund: Refund): Promise<void> {
  const { tx, now, silent } = recording;
  const { supporterId } = payment;
  if (silent || !supporterId || refund.status !== "succeeded") return;
  if (now.getTime() - refund.refundedAt.getTime() > TELL_WITHIN_DAYS * 86_400_000) return;
  const to = await findMailAddress(recording, supporterId);
  if (!to) throw new Error(`payment ${payment.id} has a supporter without an address: ${supporterId}`);
  await queueMail(tx, {
    kind: "went-back",
    factKey: `went-back:${refund.id}`,
    to,
    now,
    values: {
      paymentId: payment.id,
      refundId: refund.id,
      amountMinor: Number(refund.amountMinor),
      givenMinor: Number(payment.amountMinor),
      currency: currencyFromStripe(payment.currency),
      frequency: payment.frequency as PaymentFrequency,
      paidAt: payment.paidAt.toISOString(),
      refundedAt: refund.refundedAt.toISOString(),
    },
  });
}

/** For a payment whose supporter has become known only now. */
export async function queueAllWentBack(recording: Recording, payment: Payment): Promise<void> {
  for (const refund of await listRows(recording.tx, "Refund", { paymentId: payment.id }))
    await queueWentBack(recording, payment, refund);
}
