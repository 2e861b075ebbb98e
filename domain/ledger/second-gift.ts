// Notices a second recurring gift while another one runs, because the supporter may not have meant it. The thank-you page and the
// mail say so.
import type { Payment } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import { hasOlderRunningGift } from "./store/payments";

/**
 * True for the first payment of a recurring gift whose supporter has an older one that still runs. Compares times of payment, so
 * that the order of Stripe's events changes nothing.
 */
export async function beginsSecondGift(db: Db | Tx, payment: Payment): Promise<boolean> {
  const { recurringGiftId, supporterId, paidAt } = payment;
  if (!recurringGiftId || !supporterId) return false;
  return hasOlderRunningGift(db, { recurringGiftId, supporterId, paidAt });
}
