// mulberry32: the same seed gives the same sequence.

export type Dice = {
  /** A number x, 0 ≤ x < 1. */
  next: () => number;
  /** A whole number n, 0 ≤ n < `sides`. */
  roll: (sides: number) => number;
};

export function seededDice(seed: number): Dice {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, roll: (sides) => Math.floor(next() * sides) };
}

export function shuffle<T>(items: T[], dice: Dice): T[] {
  const keyed = items.map((item) => ({ item, at: dice.next() }));
  return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}
