// How much a test run covers. `npm test` tries a few seeds and examples. `npm run test:all`, meant for the night, tries all of them and
// also runs every test that opens a ledger on PostgreSQL.

export const isFullRun = process.env.TESTS === "all";

/** Returns how many seeds to try: `all` in a full run, else `usual`. @param {{ usual: number, all: number }} counts */
export function seedCount({ usual, all }) {
  return isFullRun ? all : usual;
}

/**
 * Returns fast-check's options. The usual run generates the same cases each time, so that it cannot fail by chance; a full run generates
 * new ones, and prints its seed on a failure.
 * @param {{ usual: number, all: number }} counts
 */
export function propertyRuns({ usual, all }) {
  return isFullRun ? { numRuns: all } : { numRuns: usual, seed: 1 };
}

/**
 * Returns every nth example, beginning with the first; in a full run all of them.
 * @template T
 * @param {number} n
 * @param {readonly T[]} examples
 * @returns {T[]}
 */
export function everyNth(n, examples) {
  return examples.filter((_, index) => isFullRun || index % n === 0);
}
