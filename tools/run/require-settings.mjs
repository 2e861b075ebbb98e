import { CommandError } from "./console.mjs";
import { runNode } from "./spawn.mjs";

/**
 * Throws a CommandError that names the missing or wrong setting. Needs the installed packages.
 * @param {Record<string, string | undefined>} settings
 */
export async function requireSettings(settings) {
  const { code, output } = await runNode(
    ["--conditions=react-server", "--import", "tsx", "tools/run/check-settings.ts"],
    { env: settings },
  );
  if (code !== 0) throw new CommandError(output.trim());
}
