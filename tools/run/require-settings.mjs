import { CommandError } from "./console.mjs";
import { runNode } from "./spawn.mjs";

/**
 * Checks the settings. Throws a CommandError that names a missing or wrong one. Needs the installed packages.
 * @param {Record<string, string | undefined>} settings
 */
export async function requireSettings(settings) {
  const { code, output } = await runNode(
    ["--conditions=react-server", "--import", "tsx", "tools/run/check-settings.ts"],
    { env: settings },
  );
  if (code !== 0) throw new CommandError(output.trim());
}
