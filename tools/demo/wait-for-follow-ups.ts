// Waits until the site has no due questions to the Stripe stand-in. The webhooks lack some facts, which the site must
// ask for. Before it has the answers, a comparison of the ledger with Stripe would find differences.
import { setTimeout as delay } from "node:timers/promises";
import { listDueFollowUps } from "../../domain/ledger/store/follow-ups";
import { listRecurringGiftsToFetch } from "../../domain/ledger/store/recurring-gifts";
import { currentTime, syncClockWithStandIn } from "../../systems/clock";
import { type Db, database } from "../../systems/database";

const CHECK_EVERY_MS = 500;
/**
 * The maximum number of due follow-ups that hasQuestions() reads, and the maximum number of recurring gifts to fetch.
 * One row is enough to show that the site still has a question to Stripe.
 */
const LIMIT = 1;

export async function waitUntilFollowUpsAnswered(onRemaining: (left: number) => void): Promise<void> {
  await syncClockWithStandIn();
  const db = await database();
  while (await hasQuestions(db)) {
    onRemaining(await db.followUp.count({ where: { after: { lte: currentTime() } } }));
    await delay(CHECK_EVERY_MS);
  }
  await db.$disconnect();
}

async function hasQuestions(db: Db): Promise<boolean> {
  const now = currentTime();
  const [questions, gifts] = [
    await listDueFollowUps(db, { now, limit: LIMIT }),
    await listRecurringGiftsToFetch(db, { now, limit: LIMIT }),
  ];
  return questions.length + gifts.length > 0;
}
