// Under a seed a run repeats: ids come from counters and time from a clock of its own, which stands still but for one
// second per writing call and for what it is advanced by. Both are kept in the file, so that a restart goes on.
import { countedIds, type NewId, randomIds } from "./ids";
import type { Store } from "./store";

/** 2026-01-01T00:00:00Z. */
const START_S = 1_767_225_600;

export type Seeding = {
  /** The process's clock, Unix seconds. */
  now(): number;
  /** Each account counts for itself, so that accounts in parallel do not disturb each other. */
  idsOf(account: string): NewId;
  /** Reading may be repeated at will: what is read takes its ids from elsewhere. */
  requestIdOf(request: { caller: string; isRead: boolean }): string;
  /** By how many seconds a writing call moves its account's clock. */
  secondsPerCall: number;
};

export function openSeeding(store: Store, seed: string | null): Seeding {
  if (seed === null) {
    const random = randomIds();
    const now = () => Math.floor(Date.now() / 1000);
    return { now, idsOf: () => random, requestIdOf: () => random("req_"), secondsPerCall: 0 };
  }
  return {
    now: () => START_S,
    idsOf: (account) => countedIds(`${seed}:${account}`, (prefix) => store.countUp(account, prefix)),
    requestIdOf({ caller, isRead }) {
      const name = isRead ? "reads" : "writes";
      return countedIds(`${seed}:${caller}:${name}`, () => store.countUp(caller, name))("req_");
    },
    secondsPerCall: 1,
  };
}
