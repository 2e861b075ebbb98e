// npm start: migrates the ledger and serves the last build.

import { findBuild } from "../build/compile.mjs";
import { ensureInstalled } from "../build/install.mjs";
import { migrate } from "../database/migrate.mjs";
import { CommandError, runMainOrExit } from "./console.mjs";
import { readPort, requireFreePorts } from "./ports.mjs";
import { stopAll, stopAllChildrenOnSignal, waitForFirstChildToExit } from "./processes.mjs";
import { requireSettings } from "./require-settings.mjs";
import { readSettings } from "./settings.mjs";
import { startSite } from "./site.mjs";

await runMainOrExit(async () => {
  stopAllChildrenOnSignal();
  /** @type {import("./settings.mjs").Settings & { PORT: string, HOST: string }} */
  const settings = { PORT: "3000", HOST: "127.0.0.1", ...readSettings(), NODE_ENV: "production" };
  await ensureInstalled();
  await requireSettings(settings);
  const { DATABASE_URL = "", SITE_URL = "" } = settings;
  requireBuild(SITE_URL);
  await requireFreePorts([{ variable: "PORT", port: readPort(settings, "PORT"), purpose: "the site" }]);
  await migrate(DATABASE_URL);
  const site = startSite("site", { port: settings.PORT, host: settings.HOST, env: settings, printsUnchanged: true });
  const exited = await waitForFirstChildToExit([site]);
  process.exit(await exited.ended);
}, stopAll);

/** Throws a CommandError if there is no build, or if it was made for another URL. @param {string} siteUrl */
function requireBuild(siteUrl) {
  const build = findBuild();
  if (!build) throw new CommandError("There is no build to start: npm run build.");
  if (build.siteUrl !== siteUrl)
    throw new CommandError(`The build was made for ${build.siteUrl}, and SITE_URL is ${siteUrl}: npm run build again.`);
}
