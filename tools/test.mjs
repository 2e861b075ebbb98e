// npm test: types, lint, unit and integration tests, the production build, browser journeys; from a fresh clone as well.
// The last line is `N passed, N failed`, summed over all steps; types, lint and build count as one test each.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { stopAll, stopAllOnSignal } from "./children.mjs";
import { ensureBuilt } from "./compile.mjs";
import { ensureInstalled } from "./install.mjs";
import { ensureClient } from "./prisma.mjs";
import { ROOT } from "./root.mjs";
import { runNode } from "./run.mjs";
import { bold, green, red, runCommand, step } from "./screen.mjs";

const NEXT = "node_modules/next/dist/bin/next";
const total = { passed: 0, failed: 0 };

await runCommand(
  async () => {
    stopAllOnSignal();
    const withBrowser = !process.argv.includes("--no-browser");
    const withRest = !process.argv.includes("--only-browser");
    await ensureInstalled();
    await step("Database client", ensureClient);
    const browser = withBrowser ? await step("Browser", findBrowser) : undefined;
    if (withRest) {
      await count("Types", types);
      await count("Lint", () =>
        passes(["node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "--colors=off", "."]),
      );
      await count("Unit and integration tests", unitTests, { silent: false });
    }
    if (withBrowser) {
      const built = await count("Production build", buildSite);
      if (built.failed === 0) await count("Browser journeys", () => journeys(browser), { silent: false });
    }
    finish();
  },
  async () => {
    total.failed += 1;
    await stopAll();
    process.on("exit", () => console.log(summary()));
  },
);

/** Runs one step and adds what it counted: `{ passed, failed }`. */
async function count(heading, run, options) {
  const result = await step(heading, run, options);
  total.passed += result.passed;
  total.failed += result.failed;
  console.log(`  ${result.failed > 0 ? red("✗") : green("✓")} ${result.passed} passed, ${result.failed} failed\n`);
  return result;
}

async function findBrowser() {
  const path = await ensureBrowser();
  console.log(`  ${path}`);
  return path;
}

async function passes(args, options = {}) {
  const { code } = await runNode(args, { shown: true, ...options });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

async function types() {
  await runNode([NEXT, "typegen"]);
  return passes(["node_modules/typescript/bin/tsc", "--noEmit", "--incremental", "false", "--pretty", "false"]);
}

async function buildSite() {
  try {
    await ensureBuilt();
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  }
}

async function unitTests() {
  const report = join(ROOT, ".cache/unit.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code, read } = await withReport(report, ["node_modules/vitest/vitest.mjs", "run", ...reporters]);
  const filesThatDidNotLoad = read?.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return tally(code, read && { passed: read.numPassedTests, failed: read.numFailedTests + filesThatDidNotLoad.length });
}

async function journeys(browser) {
  const report = join(ROOT, ".cache/journeys.json");
  const env = { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const { code, read } = await withReport(
    report,
    ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
    env,
  );
  return tally(code, read && { passed: read.stats.expected, failed: read.stats.unexpected + read.stats.flaky });
}

async function withReport(report, args, env = {}) {
  rmSync(report, { force: true });
  const { code } = await runNode(args, { shown: true, env });
  try {
    return { code, read: JSON.parse(readFileSync(report, "utf8")) };
  } catch {
    return { code, read: undefined };
  }
}

/** A runner that failed without a failed test (or without a report) still counts as one failure. */
function tally(code, counted = { passed: 0, failed: 0 }) {
  return { ...counted, failed: code !== 0 && counted.failed === 0 ? 1 : counted.failed };
}

function summary() {
  return `${total.passed} passed, ${total.failed} failed`;
}

function finish() {
  console.log(bold(total.failed === 0 ? "All is well." : "Something failed; see above."));
  console.log(summary());
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}
