// A mail waits in the outbox, at times for hours: what it says must still be true when it leaves.
import type { Db } from "../database";
import type { Mail, PaymentValues } from "./outbox";
import { keptMinor } from "./payment-standing";

type Told = Exclude<Mail, { kind: "sign-in" }> | { kind: "sign-in" };

/** Why it must not be sent any more; null where it may. Of a payment or refund that is not in the ledger nothing is known. */
export async function findOutdated(db: Db, mail: Told): Promise<string | null> {
  switch (mail.kind) {
    case "thanks": {
      const payment = await db.payment.findUnique({ where: { id: mail.values.paymentId } });
      return payment && keptMinor(payment) === 0n ? "the gift has gone back" : null;
    }
    case "went-back": {
      const refund = await db.refund.findUnique({ where: { id: mail.values.refundId }, select: { status: true } });
      return refund && refund.status !== "succeeded" ? "the refund has failed" : null;
    }
    case "debit-begun":
      return ((await findStatus(db, mail.values)) ?? "pending") === "pending" ? null : "the bank has answered";
    case "debit-bounced":
      return (await findStatus(db, mail.values)) === "succeeded" ? "the money has come after all" : null;
    case "sign-in":
    case "burst":
      return null;
  }
}

async function findStatus(db: Db, { paymentId }: PaymentValues): Promise<string | undefined> {
  const payment = await db.payment.findUnique({ where: { id: paymentId }, select: { status: true } });
  return payment?.status;
}
