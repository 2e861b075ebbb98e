// Checks that a mail is still true when it leaves, because it may wait in the outbox for hours.
import type { Db } from "../database";
import type { Mail, PaymentValues } from "./outbox";
import { keptMinor } from "./payment-standing";
import { findPayment } from "./store/payments";
import { findRefundStatus } from "./store/refunds";

type LinkMail = "sign-in" | "address-old" | "address-new";
type QueuedMail = Exclude<Mail, { kind: LinkMail }> | { kind: LinkMail };

/**
 * Returns why the mail must not be sent any more, or null if it may be sent. Mail about a payment or refund that the ledger lacks
 * may be sent.
 */
export async function findOutdated(db: Db, mail: QueuedMail): Promise<string | null> {
  switch (mail.kind) {
    case "thanks": {
      const payment = await findPayment(db, mail.values.paymentId);
      return payment && keptMinor(payment) === 0n ? "the whole gift was returned" : null;
    }
    case "went-back": {
      const status = (await findRefundStatus(db, mail.values.refundId)) ?? "succeeded";
      return status === "succeeded" ? null : "the refund has failed";
    }
    case "debit-begun":
      return ((await findStatus(db, mail.values)) ?? "pending") === "pending" ? null : "the bank has answered";
    case "debit-bounced":
      return (await findStatus(db, mail.values)) === "succeeded" ? "the payment has succeeded after all" : null;
    case "sign-in":
    case "address-old":
    case "address-new":
    case "burst":
      return null;
  }
}

async function findStatus(db: Db, { paymentId }: PaymentValues): Promise<string | undefined> {
  return (await findPayment(db, paymentId))?.status;
}
