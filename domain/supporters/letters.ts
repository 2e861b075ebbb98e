import type { Db } from "../database";
import { paymentStandingOf } from "../ledger/payment-standing";
import type { SignedInPerson } from "./signed-in-person";
import { hasActiveRecurringGift, selectPageOfPaymentsSince } from "./store";
import { findFreeSeat } from "./store/letters";

const OPEN_DAYS = 365;
/**
 * A supporter can read letters for OPEN_DAYS after a payment, and then for this number of days more. Stripe retries a
 * failed yearly renewal for several weeks, and the supporter keeps access meanwhile.
 */
const GRACE_DAYS = 30;
const DAY_MS = 86_400_000;
const BATCH = 20;

/**
 * Returns true for a supporter who has an active recurring gift, or a payment (not returned in full) in the last
 * OPEN_DAYS plus GRACE_DAYS. Also returns true for an e-mail address with a valid free seat, which staff give.
 */
export async function mayReadLetters(
  db: Db,
  { supporterId, emailHash }: Pick<SignedInPerson, "supporterId" | "emailHash">,
  now: Date,
): Promise<boolean> {
  if (supporterId !== null && (await hasGiven(db, supporterId, now))) return true;
  const seat = await findFreeSeat(db, emailHash);
  return seat !== null && seat.until > now;
}

async function hasGiven(db: Db, supporterId: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - (OPEN_DAYS + GRACE_DAYS) * DAY_MS);
  if (await hasActiveRecurringGift(db, { supporterId })) return true;
  // Reads the payments in batches, newest first. The first batch is almost always enough, because one suitable payment
  // already gives the answer.
  for (let skip = 0; ; skip += BATCH) {
    const payments = await selectPageOfPaymentsSince(db, { supporterId, since, skip, limit: BATCH });
    const isOpen = payments
      .map(paymentStandingOf)
      .some(({ standing, kept }) => standing === "on-its-way" || kept.amountMinor > 0);
    if (isOpen || payments.length < BATCH) return isOpen;
  }
}
