// Records two generated years of gifts in random order, and some facts twice, because facts can arrive from Stripe like
// this.
import type { Db } from "../../database";
import { recordEvents } from "../../ledger/record";
import { applyFetchedRecurringGiftState } from "../../ledger/recurring-gifts";
import { testIdentityCrypto } from "../../ledger/testing/books";
import { newRandom } from "./chance";
import type { GeneratedYearsOfGifts } from "./years";

const BATCH = 50;
const MONEY_THAT_NAMES_AN_INTENT = ["payment-linked", "payment-charged", "balance-moved"];

type Recording = { seed: number; now: Date; timeZone: string };

export async function recordGeneratedYears(
  db: Db,
  { facts, states }: GeneratedYearsOfGifts,
  { seed, now, timeZone }: Recording,
): Promise<void> {
  const options = { now, identity: testIdentityCrypto, timeZone, silent: true };
  const shuffled = newRandom(seed).shuffled(facts);
  for (let n = 0; n < shuffled.length; n += BATCH)
    await recordEvents(
      db,
      shuffled
        .slice(n, n + BATCH)
        .map((fact, m) => ({ ...options, eventId: `evt_${n + m}`, type: "test", facts: [fact] })),
    );
  const inOrder = MONEY_THAT_NAMES_AN_INTENT.flatMap((kind) => shuffled.filter((fact) => fact.kind === kind));
  for (let n = 0; n < inOrder.length; n += BATCH)
    await recordEvents(db, [
      { ...options, eventId: `evt_again_${n}`, type: "test", facts: inOrder.slice(n, n + BATCH) },
    ]);
  for (const state of newRandom(seed + 1).shuffled(states)) {
    const { id, changesSeen: seen } = await db.recurringGift.findUniqueOrThrow({
      where: { subscriptionId: state.subscriptionId },
    });
    await applyFetchedRecurringGiftState(db, { id, changeNumber: seen, state, options });
  }
}
