// How much a run of the tests covers. `npm test` tries a few seeds and examples. `npm run test:all`, made for the night, tries all of
// them and runs every test that opens a ledger on PostgreSQL as well.

export const isFullRun = process.env.TESTS === "all";

/** How many seeds to try. @param {{ usual: number, all: number }} counts */
export function seeds({ usual, all }) {
  return isFullRun ? all : usual;
}

/**
 * Every nth example, beginning with the first; all of them in `npm run test:all`.
 * @template T
 * @param {number} n
 * @param {readonly T[]} examples
 * @returns {T[]}
 */
export function everyNth(n, examples) {
  return examples.filter((_, index) => isFullRun || index % n === 0);
}
