// Generates random numbers (mulberry32): the same seed gives the same sequence.

export type RandomSource = {
  /** Returns a number x, 0 ≤ x < 1. */
  next: () => number;
  /** Returns a whole number n, 0 ≤ n < `limit`. */
  integerBelow: (limit: number) => number;
};

export function seededRandom(seed: number): RandomSource {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, integerBelow: (limit) => Math.floor(next() * limit) };
}

export function toShuffled<T>(items: T[], random: RandomSource): T[] {
  const keyed = items.map((item) => ({ item, at: random.next() }));
  return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}
