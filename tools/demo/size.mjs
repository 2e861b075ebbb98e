// The command line of npm run demo: --fresh, and the size of the newsroom. Each size has a ledger of its own.
import { parseArgs } from "node:util";
import { Stop } from "../run/console.mjs";

/** @typedef {"small" | "medium"} Size */

/** @type {readonly Size[]} */
const SIZES = ["small", "medium"];

/** @param {string[]} args @param {import("../run/settings.mjs").Settings} given @returns {{ isFresh: boolean, size: Size | null }} */
export function readDemoOptions(args, given) {
  const { fresh = false, size } = parse(args);
  if (size === undefined) return { isFresh: fresh, size: null };
  const known = SIZES.find((each) => each === size);
  if (!known) throw new Stop(`There is no size "${size}". Sizes: ${SIZES.join(", ")}; without --size, 700 supporters.`);
  if (given.DATABASE_URL) throw new Stop("--size fills a ledger of its own. Unset DATABASE_URL, or leave --size out.");
  return { isFresh: fresh, size: known };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({ args, options: { fresh: { type: "boolean" }, size: { type: "string" } } }).values;
  } catch (cause) {
    throw new Stop(
      `${cause instanceof Error ? cause.message : cause}\nnpm run demo -- [--fresh] [--size=${SIZES.join("|")}]`,
    );
  }
}
