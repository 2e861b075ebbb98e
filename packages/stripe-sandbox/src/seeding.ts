// With a seed, ids and times repeat from run to run. Ids come from counters. An account's clock advances by one second per
// writing call, and otherwise only on request. Counters and clocks are stored, so that a restart continues.
import { idsFromCounter, type NewId, randomIds } from "./ids";
import type { Store } from "./store";

/** 2026-01-01T00:00:00Z. */
const START_S = 1_767_225_600;

export type SeededSources = {
  /** The process's clock, Unix seconds. */
  now(): number;
  /** Each account has its own counters, so that accounts in parallel do not disturb each other. */
  idsOf(account: string): NewId;
  /** Reads may be repeated any number of times, so their ids come from another counter. */
  requestIdOf(request: { caller: string; isRead: boolean }): string;
  /** Seconds by which a writing call advances its account's clock. */
  secondsPerCall: number;
};

export function openSeededSources(store: Store, seed: string | null): SeededSources {
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
