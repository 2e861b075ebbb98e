// npm run dev: starts the site with hot reload. Also starts the Stripe stand-in and the mail inbox, unless the settings
// name others.
import { watch } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, requireNodeVersion } from "../build/install.mjs";
import { migrate } from "../database/migrate.mjs";
import { ensurePrismaClient } from "../database/prisma.mjs";
import { generateDemoHistory, prepareDemoLedger } from "../demo/ledger.mjs";
import { configureSettlementCurrency } from "../demo/settlement.mjs";
import { prepareStaffFactors } from "../demo/staff.mjs";
import { printWelcome } from "../demo/welcome.mjs";
import { CommandError, runMainOrExit } from "./console.mjs";
import { DEMO_FOLDER, REPOSITORY_ROOT } from "./paths.mjs";
import { stopAll, stopAllChildrenOnSignal, waitForFirstChildToExit } from "./processes.mjs";
import { readSettings, resolveStackSettings } from "./settings.mjs";
import { requireFreeStackPorts, startStack } from "./stack.mjs";

await runMainOrExit(async () => {
  requireNodeVersion();
  stopAllChildrenOnSignal();
  const ownSettings = readSettings();
  const stack = resolveStackSettings({ folder: DEMO_FOLDER, ownSettings });
  await requireFreeStackPorts(stack);
  await ensureInstalled();
  await ensurePrismaClient();
  await watchReaderScript();
  await configureSettlementCurrency(stack);
  const needsHistory = prepareDemoLedger({ stack, ownSettings, isFresh: process.argv.includes("--fresh") });
  await migrate(stack.settings.DATABASE_URL);
  const children = await startStack({ stack, folder: DEMO_FOLDER, mode: "dev", printsPrefixed: true });
  await prepareStaffFactors(stack);
  if (needsHistory) await generateDemoHistory(stack);
  printWelcome(stack);
  const { name } = await waitForFirstChildToExit(children);
  throw new CommandError(`The ${name} exited, so everything else was stopped.`);
}, stopAll);

async function watchReaderScript() {
  const { buildReaderScripts } = await import("../build/reader-script.mjs");
  const rebuild = () => buildReaderScripts().catch((/** @type {Error} */ error) => console.error(error.message));
  await rebuild();
  for (const folder of ["components/browser", "content/messages", "domain"])
    watch(join(REPOSITORY_ROOT, folder), { recursive: true }, rebuild).unref();
}
