// Runs the background jobs that query Stripe, without waiting until each is due.
import { listDueFollowUps } from "../../domain/ledger/store/follow-ups";
import { listRecurringGiftsToFetch } from "../../domain/ledger/store/recurring-gifts";
import type { Db } from "../../systems/database";
import { carryOutFollowUpAndRecordAnswer } from "../../systems/follow-ups";
import { syncRecurringGift } from "../../systems/recurring-gifts";
import { withConcurrency } from "./with-concurrency";

const A_DAY_MS = 24 * 60 * 60 * 1000;
const MAX_ROWS = 500;
const ROUNDS = 8;

/**
 * Runs the jobs in rounds, until a round finds no work. Throws if the last of ROUNDS rounds still found work. If Stripe
 * cannot answer a question fully yet, the job postpones the question, and this function does not wait for it.
 */
export async function runJobsUntilIdle(db: Db): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = new Date(Date.now() + A_DAY_MS);
    const askAgainAt = new Date(Date.now() + 2 * A_DAY_MS);
    const followUps = await listDueFollowUps(db, { now, limit: MAX_ROWS });
    await withConcurrency(
      followUps,
      ({ key, after }) => carryOutFollowUpAndRecordAnswer(db, { key, after, askAgainAt }),
      4,
    );
    const changed = await listRecurringGiftsToFetch(db, { now, limit: MAX_ROWS });
    const refresh = (gift: (typeof changed)[number]) =>
      syncRecurringGift(db, { ...gift, changeNumber: gift.changesSeen });
    await withConcurrency(changed, refresh, 4);
    if (followUps.length + changed.length === 0) return;
  }
  const left = await listDueFollowUps(db, { now: new Date(Date.now() + A_DAY_MS), limit: MAX_ROWS });
  throw new Error(`the jobs still had work after ${ROUNDS} rounds: ${left.map(({ key }) => key).join(", ")}`);
}
