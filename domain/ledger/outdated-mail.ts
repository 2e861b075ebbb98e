// A mail waits in the outbox, at times for hours: what it says must still be true when it leaves.
import type { Db } from "../../systems/database";
import type { Mail } from "./outbox";
import { keptMinor } from "./payment-standing";

type Checked = Extract<Mail, { kind: "thanks" | "went-back" }>;
type Told = Checked | { kind: Exclude<Mail["kind"], Checked["kind"]> };

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
    default:
      return null;
  }
}
