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
 * Returns a number of minor units. Generated amounts are multiples of it, so that rounding errors do not cancel out by
 * chance. Amounts in Kuwaiti dinars must end in zero, as multiples of 130 do.
 */
export function generatedAmountStep(currency: string): number {
  return currency === "JPY" ? 7 : 130;
}
