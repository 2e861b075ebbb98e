// Reads the demo's options. Each size of the demo has a separate ledger.
import { statfsSync } from "node:fs";
import { parseArgs } from "node:util";
import { CommandError } from "../run/console.mjs";

/** @typedef {"small" | "medium" | "large"} Size */

/** @type {readonly Size[]} */
const SIZES = ["small", "medium", "large"];

/**
 * The costs of a size, measured on two slow cores that were also busy with other work (lab/docs/benchmarks.md). Sizes
 * that cost little are left out.
 */
const COSTS = /** @type {Partial<Record<Size, { minutes: number, gigabytes: number }>>} */ ({
  large: { minutes: 110, gigabytes: 8 },
});
const GIGABYTE = 1_000_000_000;

/**
 * Returns a text about the costs of a size, or null if COSTS has no entry for it. Throws a CommandError if the disk has
 * too little space.
 * @param {Size | null} size @param {{ folder: string, freeBytes?: number }} options
 */
export function describeTimeAndDiskCosts(size, { folder, freeBytes = freeBytesIn(folder) }) {
  const costs = size && COSTS[size];
  if (!costs) return null;
  const { minutes, gigabytes } = costs;
  if (freeBytes < gigabytes * GIGABYTE)
    throw new CommandError(
      `The ${size} newsroom needs ${gigabytes} GB in ${folder}, and there are ${(freeBytes / GIGABYTE).toFixed(1)} GB free.`,
    );
  return `The ${size} newsroom takes about ${minutes} minutes to record, and ${gigabytes} GB of disk in ${folder}. It is recorded once.`;
}

/** @param {string} folder */
function freeBytesIn(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/**
 * @param {string[]} args @param {import("../run/settings.mjs").Settings} ownSettings
 * @returns {{ isFresh: boolean, size: Size | null }}
 */
export function parseDemoOptions(args, ownSettings) {
  const { fresh = false, size } = parse(args);
  if (size === undefined) return { isFresh: fresh, size: null };
  const demoSize = SIZES.find((each) => each === size);
  if (!demoSize)
    throw new CommandError(`There is no size "${size}". Sizes: ${SIZES.join(", ")}; without --size, 700 supporters.`);
  if (ownSettings.DATABASE_URL)
    throw new CommandError("--size fills a ledger of its own. Unset DATABASE_URL, or leave --size out.");
  return { isFresh: fresh, size: demoSize };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({ args, options: { fresh: { type: "boolean" }, size: { type: "string" } } }).values;
  } catch (cause) {
    throw new CommandError(
      `${cause instanceof Error ? cause.message : cause}\nnpm run demo -- [--fresh] [--size=${SIZES.join("|")}]`,
    );
  }
}
