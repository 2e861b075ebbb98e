// npm test: types, lint, unit and integration tests, the production build, browser journeys; from a fresh clone as well.
// `npm test -- LANE …` runs these lanes only (tools/test/lanes.mjs), `npm run test:all` tries every seed and example.
// The last line is `N passed, N failed`, summed over all lanes; types, lint and build count as one test each.

import { beginInstall } from "../build/install.mjs";
import { ensureClient } from "../database/prisma.mjs";
import { bold, dim, green, red, runCommand, Stop, secondsSince, step } from "../run/console.mjs";
import { stopAll, stopAllOnSignal } from "../run/processes.mjs";

const total = { passed: 0, failed: 0 };

await runCommand(
  async () => {
    stopAllOnSignal();
    const words = process.argv.slice(2);
    const isWhole = words.includes("--all");
    const { compiled } = await beginInstall();
    const { LANES, chooseLanes } = await import("./lanes.mjs");
    const chosen = refuseUnknown(() => chooseLanes(words.filter((word) => word !== "--all")));
    await step("Database client", ensureClient);
    const first = chosen.filter((name) => LANES[name].first);
    const background = chosen.filter((name) => LANES[name].background);
    const foreground = chosen.filter((name) => !LANES[name].background && !first.includes(name));
    const env = isWhole ? { TESTS: "all" } : {};
    await runInOrder(first, { LANES, options: { isAlone: true, env } });
    await compiled;
    const isAlone = background.length === 0 || foreground.length === 0;
    const options = { isAlone, isBesideBrowser: !isAlone, env };
    await Promise.all([foreground, background].map((names) => runInOrder(names, { LANES, options })));
    finish();
  },
  async () => {
    total.failed += 1;
    await stopAll();
    process.on("exit", () => console.log(summary()));
  },
);

function refuseUnknown(choose) {
  try {
    return choose();
  } catch (error) {
    throw error instanceof RangeError ? new Stop(error.message) : error;
  }
}

/** A lane whose need has failed is left out: the failure has been counted. */
async function runInOrder(names, { LANES, options }) {
  const failed = new Set();
  for (const name of names) {
    if (failed.has(LANES[name].needs)) continue;
    const result = await runLane(LANES[name], options);
    if (result.failed > 0) failed.add(name);
    total.passed += result.passed;
    total.failed += result.failed;
  }
}

/** Where two lanes run at the same time, what one printed comes when it ends, and only where it failed. */
async function runLane({ heading, run }, options) {
  const startedAt = Date.now();
  console.log(`${bold("→")} ${heading}`);
  const { passed, failed, output } = await run(options);
  if (failed > 0 && output) console.log(output.trimEnd());
  const mark = failed > 0 ? red("✗") : green("✓");
  console.log(`${mark} ${heading}: ${passed} passed, ${failed} failed ${dim(`(${secondsSince(startedAt)})`)}\n`);
  return { passed, failed };
}

function summary() {
  return `${total.passed} passed, ${total.failed} failed`;
}

function finish() {
  console.log(bold(total.failed === 0 ? "All is well." : "Something failed; see above."));
  console.log(summary());
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}
