// The lanes of `npm test`, in the order in which they run. Each answers `{ passed, failed }`.
import { readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "../build/compile.mjs";
import { ROOT } from "../run/paths.mjs";
import { runNode } from "../run/spawn.mjs";
import { ensureBrowser } from "./browser.mjs";

const NEXT = "node_modules/next/dist/bin/next";
const SANDBOX = "packages/stripe-sandbox/";

/**
 * `heading`, `needs` (a lane that must have passed before it), `run(options)`. Lanes in the `background` run beside the others,
 * because they wait more than they compute; `first` comes before them, because it reads what the build rewrites.
 */
export const LANES = {
  types: { heading: "Types", first: true, run: types },
  lint: { heading: "Lint", run: (options) => program([...BIOME, "."], options) },
  product: {
    heading: "Unit and integration tests, on SQLite",
    run: (options) => vitest(["--project", "sqlite", "--exclude", `${SANDBOX}**`], { name: "product", ...options }),
  },
  sandbox: {
    heading: "The Stripe stand-in",
    run: (options) => vitest(["--project", "sqlite", SANDBOX], { name: "sandbox", ...options }),
  },
  postgresql: {
    heading: "The ledger on PostgreSQL",
    run: (options) => vitest(["--project", "postgresql"], { name: "postgresql", ...options }),
  },
  build: { heading: "Production build", background: true, run: buildSite },
  journeys: { heading: "Browser journeys", background: true, needs: "build", run: journeys },
};

const BIOME = ["node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "--colors=off"];

/** The lanes that these words choose: all where there is no word, and with each the lane that it needs. Throws on an unknown one. */
export function chooseLanes(words) {
  const unknown = words.filter((word) => !Object.hasOwn(LANES, word));
  if (unknown.length > 0) {
    const lines = Object.entries(LANES).map(([name, { heading }]) => `  ${name.padEnd(12)}${heading}`);
    throw new RangeError(`There is no lane “${unknown[0]}”. The lanes:\n\n${lines.join("\n")}`);
  }
  const wanted = new Set(words.flatMap((word) => [word, LANES[word].needs]));
  return Object.keys(LANES).filter((name) => words.length === 0 || wanted.has(name));
}

/** Output is shown as it comes, or kept and answered as `output` where another lane runs at the same time. */
async function program(args, { isAlone, env }) {
  const { code, output } = await runNode(args, { shown: isAlone, env });
  return { code, output, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

async function types(options) {
  await runNode([NEXT, "typegen"]);
  return program(
    ["node_modules/typescript/bin/tsc", "--noEmit", "--incremental", "false", "--pretty", "false"],
    options,
  );
}

async function buildSite() {
  try {
    await ensureBuilt();
    return { passed: 1, failed: 0, output: "" };
  } catch (error) {
    return { passed: 0, failed: 1, output: error.message };
  }
}

/** @param {{ name: string, isAlone: boolean, isBesideBrowser?: boolean, env?: Record<string, string> }} options */
async function vitest(args, { name, isBesideBrowser = false, ...options }) {
  const report = join(ROOT, `.cache/${name}.json`);
  const cores = availableParallelism();
  const workers = `--maxWorkers=${Math.max(1, isBesideBrowser ? cores - 1 : cores)}`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { read, ...ended } = await withReport(
    report,
    ["node_modules/vitest/vitest.mjs", "run", workers, ...reporters, ...args],
    options,
  );
  const filesThatDidNotLoad = read?.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return tally(
    ended,
    read && { passed: read.numPassedTests, failed: read.numFailedTests + filesThatDidNotLoad.length },
  );
}

async function journeys({ env, ...options }) {
  const report = join(ROOT, ".cache/journeys.json");
  const { read, ...ended } = await withReport(
    report,
    ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
    { ...options, env: { ...env, CHROMIUM_PATH: await ensureBrowser(), PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  );
  return tally(ended, read && { passed: read.stats.expected, failed: read.stats.unexpected + read.stats.flaky });
}

async function withReport(report, args, options) {
  rmSync(report, { force: true });
  const { code, output } = await program(args, options);
  try {
    return { code, output, read: JSON.parse(readFileSync(report, "utf8")) };
  } catch {
    return { code, output, read: undefined };
  }
}

/** A runner that failed without a failed test (or without a report) still counts as one failure. */
function tally({ code, output }, counted = { passed: 0, failed: 0 }) {
  return { output, ...counted, failed: code !== 0 && counted.failed === 0 ? 1 : counted.failed };
}
