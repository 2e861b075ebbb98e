// Provides the stand-in's ids and time. With a seed, ids come from counters, and each writing call advances its
// account's clock by one second. Counters and clocks are stored, so that they continue after a restart.
import { type IdGenerator, idsFromCounter, randomIds } from "./ids";
import type { Store } from "./store";

/** The time at which a seeded run begins: 2026-01-01T00:00:00Z. */
const START_S = 1_767_225_600;

export type IdAndTimeSources = {
  /** The current time in Unix seconds. It does not include the time by which an account's own clock is ahead. */
  now(): number;
  /**
   * Returns the account's source of ids. Each account has its own counters, so that parallel calls to other accounts do
   * not change its ids.
   */
  idsOf(account: string): IdGenerator;
  /**
   * Returns a new request id. Reading calls have their own counter, so that their number does not change the ids of
   * writing calls.
   */
  requestIdOf(request: { caller: string; isRead: boolean }): string;
  secondsPerCall: number;
};

export function createIdAndTimeSources(store: Store, seed: string | null): IdAndTimeSources {
  if (seed === null) {
    const random = randomIds();
    const now = () => Math.floor(Date.now() / 1000);
    return { now, idsOf: () => random, requestIdOf: () => random("req_"), secondsPerCall: 0 };
  }
  return {
    now: () => START_S,
    idsOf: (account) => idsFromCounter(`${seed}:${account}`, (prefix) => store.countUp(account, prefix)),
    requestIdOf({ caller, isRead }) {
      const name = isRead ? "reads" : "writes";
      return idsFromCounter(`${seed}:${caller}:${name}`, () => store.countUp(caller, name))("req_");
    },
    secondsPerCall: 1,
  };
}
