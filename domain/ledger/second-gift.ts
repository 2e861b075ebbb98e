import type { Payment } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import { hasOlderRunningGift } from "./store/payments";

/** True if an older recurring gift is still running. Compares times of payments, not the order of events. */
export async function beginsSecondGift(db: Db | Tx, payment: Payment): Promise<boolean> {
  const { recurringGiftId, supporterId, paidAt } = payment;
  if (!recurringGiftId || !supporterId) return false;
  return hasOlderRunningGift(db, { recurringGiftId, supporterId, paidAt });
}
