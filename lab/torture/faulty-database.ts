// Makes random transactions crash. Half of the crashes come before the commit, so nothing is stored. The other half
// come after it: everything is stored, but the caller gets an error.

import type { Db, Tx } from "../../systems/database";
import { withReplacedDbMethods } from "../../systems/replaced-methods";
import type { RandomSource } from "./seeded-random";

class Crash extends Error {}

export function withRandomCrashes(db: Db, { random, rate }: { random: RandomSource; rate: number }): Db {
  const transact = async <R>(work: (tx: Tx) => Promise<R>, options?: object): Promise<R> => {
    const chance = random.next();
    const result = await db.$transaction(async (tx) => {
      const done = await work(tx);
      if (chance < rate / 2) throw new Crash("before the commit");
      return done;
    }, options);
    if (chance < rate) throw new Crash("after the commit");
    return result;
  };
  return withReplacedDbMethods(db, { $transaction: transact });
}
