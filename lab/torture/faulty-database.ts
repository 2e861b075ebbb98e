// A database whose transactions now and then fail as a crash makes them fail: before the commit, when nothing is kept, or after it,
// when all is kept and nobody hears of it.
import { type Db, type Tx, withOurs } from "../../systems/database";
import type { Dice } from "./dice";

class Crash extends Error {}

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
  return withOurs(db, { $transaction: transact });
}
