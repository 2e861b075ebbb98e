// What the background jobs do, done at once and until nothing is left to do: by the same functions, without their waiting times.
import { listFollowUps } from "../domain/ledger/follow-ups";
import { listToLookAt } from "../domain/ledger/recurring-gifts";
import type { Db } from "../systems/database";
import { answerFollowUp } from "../systems/follow-ups";
import { takeFromStripe } from "../systems/recurring-gifts";
import { inTurns } from "./in-turns";

const LONG_FROM_NOW_MS = 365 * 24 * 60 * 60 * 1000;
const MOST = 500;
/** A question that Stripe has no whole answer to yet stays: the books must be right without it. */
const ROUNDS = 8;

export async function workUntilIdle(db: Db): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const until = new Date(Date.now() + LONG_FROM_NOW_MS);
    const asked = await listFollowUps(db, { now: until, most: MOST });
    await inTurns(asked, ({ key, after }) => answerFollowUp(db, { key, after, until }), 4);
    const changed = await listToLookAt(db, { now: until, most: MOST });
    await inTurns(
      changed,
      ({ id, subscriptionId, changesSeen }) => takeFromStripe(db, { id, subscriptionId, seen: changesSeen }),
      4,
    );
    if (asked.length + changed.length === 0) return;
  }
}
