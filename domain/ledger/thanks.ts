// A gift is thanked for once, when the money is there and we know whom to thank.
import type { Payment } from "../../generated/sqlite/client";
import type { PaymentFrequency } from "../giving/frequency";
import { currencyFromStripe } from "../money";
import { queueMail } from "./outbox";
import type { Recording } from "./recording";
import { findRow } from "./rows";
import { beginsSecondGift } from "./second-gift";

/** Books that are rebuilt, or an event that comes very late, must not thank for a gift of long ago. */
const THANK_WITHIN_DAYS = 3;

export async function queueThanks({ tx, now, silent }: Recording, payment: Payment): Promise<void> {
  const { supporterId, arrivedAt } = payment;
  const isBooked = payment.status === "succeeded" && (payment.chargeId !== null || payment.invoiceId !== null);
  if (silent || !isBooked || !supporterId || !arrivedAt) return;
  if (now.getTime() - arrivedAt.getTime() > days(THANK_WITHIN_DAYS)) return;
  const supporter = await findRow(tx, "Supporter", { id: supporterId });
  if (!supporter) throw new Error(`payment ${payment.id} has no supporter ${supporterId}`);
  await queueMail(tx, {
    kind: "thanks",
    factKey: `thanks:${payment.id}`,
    toSealed: supporter.emailSealed,
    locale: supporter.locale,
    now,
    values: {
      paymentId: payment.id,
      amountMinor: Number(payment.amountMinor),
      currency: currencyFromStripe(payment.currency),
      frequency: payment.frequency as PaymentFrequency,
      paidAt: payment.paidAt.toISOString(),
      isSecond: await beginsSecondGift(tx, payment),
    },
  });
}

function days(count: number): number {
  return count * 24 * 60 * 60 * 1000;
}
