// The settings, checked by the same rules as the site's own start, so that a wrong one is named before anything is built on it.

import { Stop } from "./console.mjs";
import { runNode } from "./spawn.mjs";

/** Throws a Stop with one line that names what is missing or wrong. Needs the installed packages. */
export async function requireSettings(settings) {
  const { code, output } = await runNode(
    ["--conditions=react-server", "--import", "tsx", "tools/run/check-settings.ts"],
    { env: settings },
  );
  if (code !== 0) throw new Stop(output.trim());
}
