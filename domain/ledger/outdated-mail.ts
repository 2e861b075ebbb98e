// A mail may wait in the outbox for hours. What it says must still be true when it leaves.
import type { Db } from "../database";
import type { Mail, PaymentValues } from "./outbox";
import { keptMinor } from "./payment-standing";
import { findPayment } from "./store/payments";
import { findRecurringGift } from "./store/recurring-gifts";
import { findRefundStatus } from "./store/refunds";

type QueuedMail = Exclude<Mail, { kind: "sign-in" }> | { kind: "sign-in" };

/** Why the mail must not be sent any more; null where it may. A mail about a payment or refund that the ledger lacks may be sent. */
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
    case "resumes": {
      const gift = await findRecurringGift(db, mail.values.subscriptionId);
      const isSame = gift?.status === "paused" && gift.resumesAt?.toISOString() === mail.values.resumesAt;
      return isSame ? null : "the gift is no longer paused until that day";
    }
    case "changed":
    case "sign-in":
    case "gift-link":
    case "burst":
      return null;
  }
}

async function findStatus(db: Db, { paymentId }: PaymentValues): Promise<string | undefined> {
  return (await findPayment(db, paymentId))?.status;
}
