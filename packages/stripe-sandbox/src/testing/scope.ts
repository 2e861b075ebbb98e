// How much a test run covers. With TESTS=all it runs every example and seed, which takes a night.
const isWhole = process.env.TESTS === "all";

/** Returns every nth example, beginning with the first. With TESTS=all, returns all examples. */
export function everyNth<T>(n: number, examples: readonly T[]): T[] {
  return examples.filter((_, index) => isWhole || index % n === 0);
}
