import type { Payment } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import { isFirstPaymentBesideOlderRunningGift } from "./store/payments";

/**
 * Returns true if this is the first payment of a recurring gift, and the supporter has an older recurring gift that is
 * still running.
 */
export async function beginsConcurrentRecurringGift(db: Db | Tx, payment: Payment): Promise<boolean> {
  const { recurringGiftId, supporterId, paidAt } = payment;
  if (!recurringGiftId || !supporterId) return false;
  return isFirstPaymentBesideOlderRunningGift(db, { recurringGiftId, supporterId, paidAt });
}
