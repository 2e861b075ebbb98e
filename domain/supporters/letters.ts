// Who may read the letters to supporters.
import type { Db } from "../database";
import { standingOf } from "../ledger/payment-standing";
import { hasActiveRecurringGift, selectPaymentsSince } from "./store";
import type { Viewer } from "./viewer";

const OPEN_DAYS = 365;
/** Stripe retries a failed yearly renewal for some weeks. Nobody loses the letters meanwhile. */
const GRACE_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * A supporter may read the letters with a kept payment from the past year and the grace days, or with an active recurring gift. A
 * bank debit on its way counts too. Refunded, disputed and failed payments do not count.
 */
export async function mayReadLetters(db: Db, { supporterId }: Viewer, now: Date): Promise<boolean> {
  if (supporterId === null) return false;
  const since = new Date(now.getTime() - (OPEN_DAYS + GRACE_DAYS) * DAY_MS);
  const payments = await selectPaymentsSince(db, { supporterId, since });
  if (payments.map(standingOf).some(({ standing, kept }) => standing === "on-its-way" || kept.amountMinor > 0))
    return true;
  return hasActiveRecurringGift(db, { supporterId });
}
