// TESTS=all runs every example and seed, which takes a night.
const isWhole = process.env.TESTS === "all";

export function everyNth<T>(n: number, examples: readonly T[]): T[] {
  return examples.filter((_, index) => isWhole || index % n === 0);
}
