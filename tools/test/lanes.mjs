import { readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "../build/compile.mjs";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { runNode } from "../run/spawn.mjs";
import { findOrInstallBrowser } from "./browser.mjs";

/**
 * @typedef {{ isAlone: boolean, env?: Record<string, string> }} LaneOptions
 *   `isAlone`: the output is shown at once. Otherwise it is collected, because another lane runs at the same time.
 * @typedef {{ passed: number, failed: number, output?: string }} LaneResult
 * @typedef {{ heading: string, needs?: string, first?: boolean, background?: boolean, onlyInFull?: boolean,
 *   partOf?: string, run: (options: LaneOptions) => Promise<LaneResult> }} Lane
 *   `needs`: the name of a lane that must have passed before. `background`: runs at the same time as other lanes, because it waits more than it computes.
 *   `first`: starts before all other lanes, while the SQLite addon is still being compiled, so it must not use SQLite. The build waits for this lane to end, because the lane rewrites files that the build reads.
 *   `onlyInFull`: runs only in a full run, or if the command names it. `partOf`: the name of another lane that also runs this lane's tests. So this lane runs only if the command names it.
 */

const NEXT = "node_modules/next/dist/bin/next";
const SANDBOX = "packages/stripe-sandbox/";
const BIOME = ["node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "--colors=off"];

/** @type {Record<string, Lane>} */
export const CHECKS_BY_NAME = {
  types: { heading: "Types", first: true, run: runTypes },
  lint: { heading: "Lint", run: (options) => runProgram([...BIOME, "."], options) },
  // Runs before the sqlite lane. So the browser journeys run at the same time as this lane, which leaves them more
  // processor time than the sqlite lane would.
  postgresql: {
    heading: "The ledger on PostgreSQL",
    run: (options) => runVitest(["--project", "postgresql"], { name: "postgresql", ...options }),
  },
  sqlite: {
    heading: "Unit and integration tests, on SQLite, and those of the Stripe stand-in",
    run: (options) => runVitest(["--project", "sqlite"], { name: "sqlite", ...options }),
  },
  product: {
    heading: "Unit and integration tests, on SQLite",
    partOf: "sqlite",
    run: (options) => runVitest(["--project", "sqlite", "--exclude", `${SANDBOX}**`], { name: "product", ...options }),
  },
  sandbox: {
    heading: "The Stripe stand-in",
    partOf: "sqlite",
    run: (options) => runVitest(["--project", "sqlite", SANDBOX], { name: "sandbox", ...options }),
  },
  newsroom: {
    heading: "The tests, as another newsroom",
    onlyInFull: true,
    // Runs with the usual number of cases (without TESTS=all), because the sqlite lane already tries all cases.
    run: ({ isAlone }) => runProgram(["tools/test/another-newsroom.mjs"], { isAlone }),
  },
  build: { heading: "Production build", background: true, run: runBuild },
  journeys: { heading: "Browser journeys", background: true, needs: "build", run: runJourneys },
};

/**
 * Returns the names of the lanes to run: those in `names`, and the lanes that they need. If `names` is empty, returns
 * the usual lanes. Throws a RangeError on an unknown name.
 * @param {string[]} names @param {{ isFull: boolean }} run
 */
export function chooseChecksToRun(names, { isFull }) {
  const unknown = names.filter((name) => !Object.hasOwn(CHECKS_BY_NAME, name));
  if (unknown.length > 0) {
    const lines = Object.entries(CHECKS_BY_NAME).map(([name, { heading }]) => `  ${name.padEnd(12)}${heading}`);
    throw new RangeError(`There is no lane “${unknown[0]}”. The lanes:\n\n${lines.join("\n")}`);
  }
  const wanted = new Set(names.flatMap((name) => [name, CHECKS_BY_NAME[name]?.needs]));
  const isUsual = (/** @type {string} */ name) =>
    !CHECKS_BY_NAME[name]?.partOf && (isFull || CHECKS_BY_NAME[name]?.onlyInFull !== true);
  return Object.keys(CHECKS_BY_NAME).filter((name) => (names.length === 0 ? isUsual(name) : wanted.has(name)));
}

/** @param {string[]} args @param {LaneOptions} options */
async function runProgram(args, { isAlone, env }) {
  const { code, output } = await runNode(args, { shown: isAlone, env });
  return { code, output, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** @param {LaneOptions} options */
async function runTypes(options) {
  await runNode([NEXT, "typegen"]);
  const flags = ["--noEmit", "--incremental", "--tsBuildInfoFile", ".cache/types.tsbuildinfo", "--pretty", "false"];
  return runProgram(["node_modules/typescript/bin/tsc", ...flags], options);
}

/** @returns {Promise<LaneResult>} */
async function runBuild() {
  try {
    await ensureBuilt();
    return { passed: 1, failed: 0 };
  } catch (error) {
    return { passed: 0, failed: 1, output: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * @typedef {{ numPassedTests: number, numFailedTests: number,
 *   testResults: { status: string, assertionResults: unknown[] }[] }} VitestReport
 * @param {string[]} args @param {LaneOptions & { name: string }} options @returns {Promise<LaneResult>}
 */
async function runVitest(args, { name, ...options }) {
  const file = join(REPOSITORY_ROOT, `.cache/${name}.json`);
  // Uses one worker more than there are cores, so that no core is idle while a test only waits.
  const workers = `--maxWorkers=${availableParallelism() + 1}`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  rmSync(file, { force: true });
  const finished = await runProgram(["node_modules/vitest/vitest.mjs", "run", workers, ...reporters, ...args], options);
  /** @type {VitestReport | undefined} */
  const report = readReport(file);
  if (!report) return resultOf(finished);
  const filesThatDidNotLoad = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return resultOf(finished, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + filesThatDidNotLoad.length,
  });
}

/** @param {LaneOptions} options @returns {Promise<LaneResult>} */
async function runJourneys(options) {
  const file = join(REPOSITORY_ROOT, ".cache/journeys.json");
  rmSync(file, { force: true });
  const env = { ...options.env, CHROMIUM_PATH: await findOrInstallBrowser(), PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"];
  const finished = await runProgram(args, { ...options, env });
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number } } | undefined} */
  const report = readReport(file);
  if (!report) return resultOf(finished);
  const { expected, unexpected, flaky } = report.stats;
  return resultOf(finished, { passed: expected, failed: unexpected + flaky });
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Returns a lane's result. If the program failed but reported no failed test, for example because it wrote no report,
 * counts one failure.
 * @param {{ code: number, output: string }} program @param {{ passed: number, failed: number }} [counts]
 * @returns {LaneResult}
 */
function resultOf({ code, output }, counts = { passed: 0, failed: 0 }) {
  return { output, ...counts, failed: code !== 0 && counts.failed === 0 ? 1 : counts.failed };
}
