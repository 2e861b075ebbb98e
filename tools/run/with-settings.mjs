// Runs a TypeScript command with the settings of .env and the environment: `node tools/run/with-settings.mjs
// tools/database/books-check.ts …`. If neither has a Stripe key, uses the demo's settings.
import { ensureInstalled } from "../build/install.mjs";
import { ensurePrismaClient } from "../database/prisma.mjs";
import { runMainOrExit } from "./console.mjs";
import { DEMO_FOLDER } from "./paths.mjs";
import { requireSettings } from "./require-settings.mjs";
import { readSettings, resolveStackSettings } from "./settings.mjs";
import { runNode } from "./spawn.mjs";

await runMainOrExit(async () => {
  const [script = "", ...args] = process.argv.slice(2);
  await ensureInstalled();
  await ensurePrismaClient();
  const ownSettings = readSettings();
  const settings = ownSettings.STRIPE_SECRET_KEY
    ? ownSettings
    : resolveStackSettings({ folder: DEMO_FOLDER, ownSettings }).settings;
  await requireSettings(settings);
  const { code } = await runNode(["--conditions=react-server", "--import", "tsx", script, ...args], {
    env: settings,
    shown: true,
  });
  process.exit(code);
});
