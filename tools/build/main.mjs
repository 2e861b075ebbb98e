// npm run build: makes the production build for the URL in SITE_URL, or else for http://127.0.0.1:3000.

import { runMainOrExit, runStep } from "../run/console.mjs";
import { stopAll, stopAllChildrenOnSignal } from "../run/processes.mjs";
import { readSettings } from "../run/settings.mjs";
import { buildSite, DEFAULT_SITE_URL } from "./compile.mjs";
import { ensureInstalled } from "./install.mjs";

await runMainOrExit(async () => {
  stopAllChildrenOnSignal();
  const { SITE_URL = DEFAULT_SITE_URL } = readSettings();
  await ensureInstalled();
  await runStep(`Building the site for ${SITE_URL}`, () => buildSite(SITE_URL));
}, stopAll);
