import type { Payment } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import { hasOlderRunningGift } from "./store/payments";

/**
 * Returns true for the first payment of a recurring gift if its supporter has an older recurring gift that is still running. It
 * compares the times of payments, so the order of Stripe's events does not matter.
 */
export async function beginsSecondGift(db: Db | Tx, payment: Payment): Promise<boolean> {
  const { recurringGiftId, supporterId, paidAt } = payment;
  if (!recurringGiftId || !supporterId) return false;
  return hasOlderRunningGift(db, { recurringGiftId, supporterId, paidAt });
}
