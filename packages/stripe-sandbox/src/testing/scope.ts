// How much a run of the tests tries: TESTS=all asks for every example and seed, and takes a night's patience.
const isWhole = process.env.TESTS === "all";

/** Every nth example, beginning with the first; all of them where the whole is asked for. */
export function everyNth<T>(n: number, examples: readonly T[]): T[] {
  return examples.filter((_, index) => isWhole || index % n === 0);
}
