// Who may read the letters to supporters. This is the only rule: the pages, the feed and the mail ask it.
import type { Db } from "../database";
import { standingOf } from "../ledger/payment-standing";
import { hasActiveRecurringGift, selectSomePaymentsSince } from "./store";
import { findFreeSeat } from "./store/letters";
import type { Viewer } from "./viewer";

const OPEN_DAYS = 365;
/** Stripe retries a failed yearly renewal for several weeks. Supporters keep the letters meanwhile. */
const GRACE_DAYS = 30;
const DAY_MS = 86_400_000;
const BATCH = 20;

/**
 * The letters are open with a kept payment from the past year and the grace days, with an active recurring gift, or with a free seat.
 * A bank debit on its way counts too. Refunded, disputed and failed payments do not count.
 */
export async function mayReadLetters(
  db: Db,
  { supporterId, emailHash }: Pick<Viewer, "supporterId" | "emailHash">,
  now: Date,
): Promise<boolean> {
  if (supporterId !== null && (await hasGiven(db, supporterId, now))) return true;
  const seat = await findFreeSeat(db, emailHash);
  return seat !== null && seat.until > now;
}

async function hasGiven(db: Db, supporterId: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - (OPEN_DAYS + GRACE_DAYS) * DAY_MS);
  if (await hasActiveRecurringGift(db, { supporterId })) return true;
  // Almost always the newest payment decides, also for somebody who gives every day.
  for (let skip = 0; ; skip += BATCH) {
    const payments = await selectSomePaymentsSince(db, { supporterId, since, skip, most: BATCH });
    const isOpen = payments
      .map(standingOf)
      .some(({ standing, kept }) => standing === "on-its-way" || kept.amountMinor > 0);
    if (isOpen || payments.length < BATCH) return isOpen;
  }
}
