// How much a run of the tests tries. `npm test` tries a few seeds and examples of what there is no end of; `npm run test:all`,
// made for the night, tries all of them and runs every test on a ledger on PostgreSQL as well.

export const isWhole = process.env.TESTS === "all";

/** How many seeds to try. */
export function seeds({ usual, all }) {
  return isWhole ? all : usual;
}

/**
 * Every nth example, beginning with the first; all of them in `npm run test:all`.
 * @template T
 * @param {number} n
 * @param {readonly T[]} examples
 * @returns {T[]}
 */
export function everyNth(n, examples) {
  return examples.filter((_, index) => isWhole || index % n === 0);
}
