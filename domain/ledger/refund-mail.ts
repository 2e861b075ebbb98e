// Queues one mail to the supporter when Stripe says that a refund has succeeded: the money takes days to appear on a statement.
// A dispute queues none. The cardholder opened it at the bank, and the bank reports how it ends. Our mail would look like
// pressure, and after a theft it would reach someone other than the cardholder. The supporter's own pages show it.
import type { Payment, Refund } from "../../generated/sqlite/client";
import { moneyOf } from "../money";
import type { LedgerContext } from "./context";
import { paymentValues, queueMail, type RefundValues } from "./outbox";
import { listRefundsOf } from "./store/refunds";
import { getMailAddress } from "./supporters";

/** Days after a refund in which its mail is still queued. Some refunds stay pending for weeks. */
const MAIL_WITHIN_DAYS = 30;

/** Safe to repeat: queues at most one mail per refund. */
export async function queueRefundMail(context: LedgerContext, payment: Payment, refund: Refund): Promise<void> {
  const { tx, now, silent } = context;
  if (silent || !payment.supporterId || !isDue(refund, now)) return;
  const to = await getMailAddress(tx, payment);
  const values = refundValues(payment, refund);
  await queueMail(tx, { kind: "refunded", factKey: `refunded:${refund.id}`, to, now, values });
}

/** Queues the refund mails of a payment whose supporter has only now become known. */
export async function queueAllRefundMail(context: LedgerContext, payment: Payment): Promise<void> {
  for (const refund of await listRefundsOf(context.tx, payment.id)) await queueRefundMail(context, payment, refund);
}

function isDue({ status, refundedAt }: Refund, now: Date): boolean {
  return status === "succeeded" && now.getTime() - refundedAt.getTime() <= MAIL_WITHIN_DAYS * 86_400_000;
}

function refundValues(payment: Payment, refund: Refund): RefundValues {
  const { coveredFeeMinor: _, ...values } = paymentValues(payment);
  return {
    ...values,
    ...moneyOf(refund.amountMinor, refund.currency),
    givenMinor: values.amountMinor,
    refundId: refund.id,
    refundedAt: refund.refundedAt.toISOString(),
  };
}
