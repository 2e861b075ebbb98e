import type { Payment } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import { hasOlderRunningGift } from "./store/payments";

/** Returns true for a recurring gift's first payment, if an older recurring gift of the supporter is still running. */
export async function beginsConcurrentRecurringGift(db: Db | Tx, payment: Payment): Promise<boolean> {
  const { recurringGiftId, supporterId, paidAt } = payment;
  if (!recurringGiftId || !supporterId) return false;
  return hasOlderRunningGift(db, { recurringGiftId, supporterId, paidAt });
}
