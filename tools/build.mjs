// npm run build: the production build, for the address in SITE_URL.
import { stopAll, stopAllOnSignal } from "./children.mjs";
import { build, DEFAULT_SITE } from "./compile.mjs";
import { ensureInstalled } from "./install.mjs";
import { runCommand, step } from "./screen.mjs";
import { givenSettings } from "./settings.mjs";

await runCommand(async () => {
  stopAllOnSignal();
  const { SITE_URL = DEFAULT_SITE } = givenSettings();
  await ensureInstalled();
  await step(`Building the site for ${SITE_URL}`, () => build(SITE_URL));
}, stopAll);
