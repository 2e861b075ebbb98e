import { createHash } from "node:crypto";

const LARGEST_MEAN = 500;

export type RandomSource = ReturnType<typeof seededRandom>;

export function seededRandom(seed: string) {
  let state = createHash("sha256").update(seed).digest().readUInt32LE(0);

  /** Returns the next number of the generator mulberry32: 0 ≤ x < 1. */
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  function pick<T>(items: readonly T[]): T {
    return pickWeighted(items, () => 1);
  }

  function pickWeighted<T>(items: readonly T[], weightOf: (item: T, index: number) => number): T {
    const total = items.reduce((sum, item, index) => sum + weightOf(item, index), 0);
    let left = next() * total;
    const found = items.find((item, index) => {
      left -= weightOf(item, index);
      return left < 0;
    });
    const chosen = found ?? items.at(-1);
    if (chosen === undefined) throw new Error("the list to pick from is empty");
    return chosen;
  }

  /**
   * Returns a random number of events in a span where `mean` events are expected (Poisson distribution, by Knuth's
   * method). A large mean is split, because `exp(-mean)` is zero from 746 on.
   */
  function count(mean: number): number {
    if (mean > LARGEST_MEAN) return count(LARGEST_MEAN) + count(mean - LARGEST_MEAN);
    const limit = Math.exp(-mean);
    let product = next();
    let events = 0;
    while (product > limit) {
      product *= next();
      events += 1;
    }
    return events;
  }

  return { next, pick, pickWeighted, count, happens: (share: number) => next() < share };
}
