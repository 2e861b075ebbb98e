// Installs packages for a bench's comparisons in a separate folder, once for all runs. The site does not depend on them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Stop } from "../../tools/run/console.mjs";
import { runProgram } from "../../tools/run/spawn.mjs";

/** `packages`: names to exact versions. */
export async function installApart(folder: string, packages: Record<string, string>): Promise<void> {
  if (Object.entries(packages).every(([name, version]) => installedVersion(folder, name) === version)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  const { code, output } = await runProgram("npm", [
    "install",
    "--prefix",
    folder,
    "--no-audit",
    "--no-fund",
    ...wanted,
  ]);
  if (code !== 0) throw new Stop(`${wanted.join(", ")} could not be installed:\n\n${output}`);
}

function installedVersion(folder: string, name: string): string | null {
  const file = join(folder, "node_modules", name, "package.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version : null;
}
