// npm run demo: installs, builds and starts the site, and fills its ledger with a history.

import { ensureBuilt, findBuild, isBuildCurrent } from "../build/compile.mjs";
import { beginPackageInstall, requireNodeVersion, waitForSqliteAddonBuild } from "../build/install.mjs";
import { migrate } from "../database/migrate.mjs";
import { ensurePrismaClient } from "../database/prisma.mjs";
import { CommandError, runMainOrExit, runStep } from "../run/console.mjs";
import { DEMO_FOLDER } from "../run/paths.mjs";
import { stopAll, stopAllChildrenOnSignal, waitForFirstChildToExit } from "../run/processes.mjs";
import { requireSettings } from "../run/require-settings.mjs";
import { readSettings, resolveStackSettings } from "../run/settings.mjs";
import { requireFreeStackPorts, startStack } from "../run/stack.mjs";
import { generateDemoHistory, prepareDemoLedger, runBooksCheck } from "./ledger.mjs";
import { configureSettlementCurrency } from "./settlement.mjs";
import { describeTimeAndDiskCosts, parseDemoOptions } from "./size.mjs";
import { prepareStaffFactors } from "./staff.mjs";
import { printWelcome } from "./welcome.mjs";

/**
 * Keeps the site from comparing the ledger with Stripe while the demo history is being recorded. During that time, the
 * ledger lacks most of Stripe's objects.
 */
const WHILE_RECORDING = { BOOKS_CHECK_WAIT_MINUTES: "1440" };

await runMainOrExit(async () => {
  requireNodeVersion();
  stopAllChildrenOnSignal("Everything is stopped. npm run demo continues; npm run demo -- --fresh starts over.");
  const ownSettings = readSettings();
  const { isFresh, size } = parseDemoOptions(process.argv.slice(2), ownSettings);
  const stack = resolveStackSettings({ folder: DEMO_FOLDER, ownSettings, size });
  if (size && !stack.usesStandIn)
    throw new CommandError("--size needs the Stripe stand-in: unset STRIPE_SECRET_KEY and STRIPE_API_BASE.");
  await requireFreeStackPorts(stack);
  const { compiled } = await beginPackageInstall();
  await requireSettings(stack.settings);
  await buildFor(stack.settings.SITE_URL);
  await waitForSqliteAddonBuild(compiled);
  await configureSettlementCurrency(stack);
  const needsHistory = prepareDemoLedger({ stack, ownSettings, isFresh });
  const costs = needsHistory ? describeTimeAndDiskCosts(size, { folder: DEMO_FOLDER }) : null;
  if (costs) console.log(costs);
  await ensurePrismaClient();
  await migrate(stack.settings.DATABASE_URL);
  const [children] = await runStep("Starting", () =>
    Promise.all([
      startStack({
        stack,
        folder: DEMO_FOLDER,
        siteSettings: needsHistory ? WHILE_RECORDING : {},
      }),
      prepareStaffFactors(stack),
    ]),
  );
  if (needsHistory) {
    await runStep(
      "Recording 18 months of gifts through the same webhook as every gift",
      () => generateDemoHistory(stack, size),
      {
        showsElapsed: false,
      },
    );
    await runStep("Comparing the ledger with Stripe's", () => runBooksCheck(stack));
  }
  printWelcome(stack);
  const { name, lastLines } = await waitForFirstChildToExit(children);
  throw new CommandError(`The ${name} exited, so everything else was stopped. Its last output:\n\n${lastLines()}`);
}, stopAll);

/** @param {string} siteUrl */
async function buildFor(siteUrl) {
  const last = findBuild();
  return last && isBuildCurrent(last, siteUrl) ? last : runStep("Building the site", () => ensureBuilt({ siteUrl }));
}
