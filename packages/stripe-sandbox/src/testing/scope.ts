// Selects the examples to test. TESTS=all runs every example and seed, which takes a night.
export const isFullRun = process.env.TESTS === "all";

export function everyNthUnlessFullRun<T>(n: number, examples: readonly T[]): T[] {
  return examples.filter((_, index) => isFullRun || index % n === 0);
}
