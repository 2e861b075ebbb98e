// A pseudo-random generator (mulberry32). The same seed gives the same numbers.

export function newRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    isOneIn: (n: number) => below(n) === 0,
    of: <T>(values: readonly T[]) => values[below(values.length)] as T,
    shuffled: <T>(values: readonly T[]) =>
      values
        .map((value) => ({ value, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ value }) => value),
  };
}

/**
 * Returns the step of the generated amounts in minor units: each amount is a multiple of it. It is not a round number,
 * so that rounding errors do not cancel out by chance. It is 130 for Kuwaiti dinars too, because their amounts must end
 * in zero.
 */
export function generatedAmountStep(currency: string): number {
  return currency === "JPY" ? 7 : 130;
}
