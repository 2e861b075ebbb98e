// npm test: runs the usual lanes of tools/test/lanes.mjs; `npm test -- LANE …` runs only the named ones. The last line
// of the output is `N passed, N failed`, summed over all lanes. Each of the lanes `types`, `lint`, `newsroom` and
// `build` counts as one test.

import { beginPackageInstall, waitForSqliteAddonBuild } from "../build/install.mjs";
import { ensurePrismaClient } from "../database/prisma.mjs";
import { bold, CommandError, dim, formatSecondsSince, green, red, runMainOrExit, runStep } from "../run/console.mjs";
import { stopAll, stopAllChildrenOnSignal } from "../run/processes.mjs";

/** @typedef {import("./lanes.mjs").Lane} Lane */
/** @typedef {import("./lanes.mjs").LaneOptions} LaneOptions */

const total = { passed: 0, failed: 0 };

await runMainOrExit(
  async () => {
    stopAllChildrenOnSignal();
    const words = process.argv.slice(2);
    const isFull = words.includes("--all");
    const env = isFull ? { TESTS: "all" } : undefined;
    const { compiled } = await beginPackageInstall();
    const { CHECKS_BY_NAME, chooseChecksToRun } = await import("./lanes.mjs");
    const names = stopOnUnknown(() =>
      chooseChecksToRun(
        words.filter((word) => word !== "--all"),
        { isFull },
      ),
    );
    await runStep("Database client", ensurePrismaClient);
    const chosen = Object.entries(CHECKS_BY_NAME).filter(([name]) => names.includes(name));
    const first = chosen.filter(([, lane]) => lane.first);
    const background = chosen.filter(([, lane]) => lane.background);
    const foreground = chosen.filter(([, lane]) => !lane.background && !lane.first);
    const isAlone = [first, background, foreground].filter((lanes) => lanes.length > 0).length === 1;
    const options = { isAlone, env };
    const firstEnded = runInOrder(first, options);
    await waitForSqliteAddonBuild(compiled);
    // One loop runs the foreground lanes. A second loop runs the background lanes and then also foreground lanes, so
    // that two lanes run at a time.
    const helped = firstEnded
      .then(() => runInOrder(background, options))
      .then(() => (isAlone ? undefined : runInOrder(foreground, options)));
    await Promise.all([runInOrder(foreground, options), helped]);
    finish();
  },
  async () => {
    total.failed += 1;
    await stopAll();
    process.on("exit", () => console.log(summary()));
  },
);

/** @template T @param {() => T} choose */
function stopOnUnknown(choose) {
  try {
    return choose();
  } catch (error) {
    throw error instanceof RangeError ? new CommandError(error.message) : error;
  }
}

/**
 * Runs the lanes one after another. Removes each lane from `lanes` before running it, because a second call can take
 * lanes from the same list. If a lane has failed, skips the lanes that need it, and counts no failure for them.
 * @param {[name: string, lane: Lane][]} lanes @param {LaneOptions} options
 */
async function runInOrder(lanes, options) {
  const failed = new Set();
  for (let next = lanes.shift(); next; next = lanes.shift()) {
    const [name, lane] = next;
    if (failed.has(lane.needs)) continue;
    const result = await runLane(lane, options);
    if (result.failed > 0) failed.add(name);
    total.passed += result.passed;
    total.failed += result.failed;
  }
}

/**
 * Runs a lane and prints its result. If several lanes run at the same time, prints the lane's output only if it failed,
 * after it has ended.
 * @param {Lane} lane @param {LaneOptions} options
 */
async function runLane({ heading, run }, options) {
  const startedAt = Date.now();
  console.log(`${bold("→")} ${heading}`);
  const { passed, failed, output } = await run(options);
  if (failed > 0 && output) console.log(output.trimEnd());
  const mark = failed > 0 ? red("✗") : green("✓");
  console.log(`${mark} ${heading}: ${passed} passed, ${failed} failed ${dim(`(${formatSecondsSince(startedAt)})`)}\n`);
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
