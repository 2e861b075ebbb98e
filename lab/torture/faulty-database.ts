// A database whose transactions sometimes fail as in a crash: before the commit, when nothing is stored, or after it, when everything
// is stored and the caller gets an error.
import { type Db, type Tx, withReplacedMethods } from "../../systems/database";
import type { Dice } from "./dice";

class Crash extends Error {}

/** `rate`: the share of transactions that fail. */
export function faulty(db: Db, { dice, rate }: { dice: Dice; rate: number }): Db {
  const transact = async <R>(work: (tx: Tx) => Promise<R>, options?: object): Promise<R> => {
    const chance = dice.next();
    const result = await db.$transaction(async (tx) => {
      const done = await work(tx);
      if (chance < rate / 2) throw new Crash("before the commit");
      return done;
    }, options);
    if (chance < rate) throw new Crash("after the commit");
    return result;
  };
  return withReplacedMethods(db, { $transaction: transact });
}
