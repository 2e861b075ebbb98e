// How much a test run covers. `npm test` tries a few seeds and examples. `npm run test:all`, meant for the night, tries all of
// them and also runs every test that opens a ledger on PostgreSQL.

export const isFullRun = process.env.TESTS === "all";

/** Returns the number of seeds to try: `all` in a full run, `usual` in any other. @param {{ usual: number, all: number }} counts */
export function seedCount({ usual, all }) {
  return isFullRun ? all : usual;
}

/**
 * Returns fast-check's options. The usual run generates the same cases each time, so that it does not fail by chance. A full
 * run generates new cases, and prints its seed on a failure.
 * @param {{ usual: number, all: number }} counts
 */
export function propertyRuns({ usual, all }) {
  return isFullRun ? { numRuns: all } : { numRuns: usual, seed: 1 };
}

/**
 * Returns every nth example, beginning with the first. In a full run, returns all of them.
 * @template T
 * @param {number} n
 * @param {readonly T[]} examples
 * @returns {T[]}
 */
export function everyNth(n, examples) {
  return examples.filter((_, index) => isFullRun || index % n === 0);
}
