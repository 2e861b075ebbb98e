// Decides how many seeds and examples tests try: a few in `npm test`, all in `npm run test:all`.

export const isFullRun = process.env.TESTS === "all";

/** @param {{ usual: number, all: number }} counts */
export function chooseTestCaseCount({ usual, all }) {
  return isFullRun ? all : usual;
}

/**
 * Returns fast-check's options. The usual run generates the same cases each time, so that it does not fail by chance. A
 * full run generates new cases; if it fails, it prints its seed.
 * @param {{ usual: number, all: number }} counts
 */
export function propertyTestOptions({ usual, all }) {
  return isFullRun ? { numRuns: all } : { numRuns: usual, seed: 1 };
}

/**
 * @template T
 * @param {number} n
 * @param {readonly T[]} examples
 * @returns {T[]}
 */
export function everyNthUnlessFullRun(n, examples) {
  return examples.filter((_, index) => isFullRun || index % n === 0);
}
