// Who may read the letters: the one rule.
import type { Db } from "../database";
import { standingOf } from "../ledger/payment-standing";
import type { Viewer } from "./viewer";

const OPEN_DAYS = 365;
/** A yearly gift whose renewal fails is tried again for some weeks; nobody is shut out meanwhile. */
const GRACE_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Letters are open to a supporter with a kept payment of the past year (and the grace), or with an active recurring gift. A bank
 * debit on its way opens them, too. Refunded, disputed and failed payments open nothing.
 */
export async function mayReadLetters(db: Db, { supporterId }: Viewer, now: Date): Promise<boolean> {
  if (supporterId === null) return false;
  const since = new Date(now.getTime() - (OPEN_DAYS + GRACE_DAYS) * DAY_MS);
  const payments = await db.payment.findMany({ where: { supporterId, paidAt: { gte: since } } });
  if (payments.map(standingOf).some(({ standing, kept }) => standing === "on-its-way" || kept.amountMinor > 0))
    return true;
  return (await db.recurringGift.count({ where: { supporterId, status: "active", endedAt: null } })) > 0;
}
