// Runs one of our TypeScript commands on the site's own settings: those of .env and the environment or, where none are given, the
// demo's. `node tools/with-settings.mjs tools/books-check.ts …`
import { ensureInstalled } from "./install.mjs";
import { ensureClient } from "./prisma.mjs";
import { requireSettings } from "./require-settings.mjs";
import { DEMO_FOLDER } from "./root.mjs";
import { runNode } from "./run.mjs";
import { runCommand } from "./screen.mjs";
import { givenSettings, stackSettings } from "./settings.mjs";

await runCommand(async () => {
  const [script, ...args] = process.argv.slice(2);
  await ensureInstalled();
  await ensureClient();
  const given = givenSettings();
  const settings = given.STRIPE_SECRET_KEY ? given : stackSettings({ folder: DEMO_FOLDER, given }).settings;
  await requireSettings(settings);
  const { code } = await runNode(["--import", "tsx", script, ...args], { env: settings, shown: true });
  process.exit(code);
});
