// npm run demo: from a fresh clone to a running site with a ledger that has a past, with no file edited.
import { firstToEnd, stopAll, stopAllOnSignal } from "./children.mjs";
import { ensureBuilt, findBuild, isBuildCurrent } from "./compile.mjs";
import { compareBooks, prepareLedger, recordHistory } from "./demo-ledger.mjs";
import { printWelcome } from "./demo-welcome.mjs";
import { beginInstall, requireNode } from "./install.mjs";
import { migrate } from "./migrate.mjs";
import { ensureClient } from "./prisma.mjs";
import { requireSettings } from "./require-settings.mjs";
import { DEMO_FOLDER } from "./root.mjs";
import { runCommand, Stop, step } from "./screen.mjs";
import { givenSettings, stackSettings } from "./settings.mjs";
import { requireStackPorts, startStack } from "./stack.mjs";

await runCommand(async () => {
  requireNode();
  stopAllOnSignal("Everything is stopped. npm run demo goes on with what is complete; -- --fresh starts over.");
  const isFresh = process.argv.includes("--fresh");
  const given = givenSettings();
  const stack = stackSettings({ folder: DEMO_FOLDER, given });
  await requireStackPorts(stack);
  const { compiled } = await beginInstall();
  await requireSettings(stack.settings);
  const build = await buildFor(stack.settings.SITE_URL);
  await compiled;
  const needsHistory = prepareLedger({ stack, given, isFresh });
  await ensureClient();
  await migrate(stack.settings.DATABASE_URL);
  const children = await step("Starting", () =>
    startStack({ stack, folder: DEMO_FOLDER, readerScriptVersion: build.readerScriptVersion }),
  );
  if (needsHistory) {
    await step("Recording 18 months of gifts, through the same door as every gift", () => recordHistory(stack), {
      silent: false,
    });
    await step("Comparing the ledger with Stripe's", () => compareBooks(stack));
  }
  printWelcome(stack);
  const { name, lastLines } = await firstToEnd(children);
  throw new Stop(`The ${name} has ended, so everything else is stopped. It said:\n\n${lastLines()}`);
}, stopAll);

async function buildFor(siteUrl) {
  const last = findBuild();
  return isBuildCurrent(last, siteUrl) ? last : step("Building the site", () => ensureBuilt({ siteUrl }));
}
