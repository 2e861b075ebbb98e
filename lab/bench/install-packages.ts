// Installs the packages of a benchmark in a separate folder, so that the site does not depend on them.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../tools/run/console.mjs";
import { runProgram } from "../../tools/run/spawn.mjs";

/** Installs the packages, unless the folder already has them. `packages`: exact versions by package name. */
export async function installPackagesInFolder(folder: string, packages: Record<string, string>): Promise<void> {
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
  if (code !== 0) throw new CommandError(`${wanted.join(", ")} could not be installed:\n\n${output}`);
}

/** Installs exactly the versions that the lock file in `source` names. */
export async function installFromLockFile(folder: string, source: string): Promise<void> {
  const lock = readFileSync(join(source, "package-lock.json"), "utf8");
  const installedLock = join(folder, "node_modules", "installed-lock.json");
  if (existsSync(installedLock) && readFileSync(installedLock, "utf8") === lock) return;
  mkdirSync(folder, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(source, name), join(folder, name));
  const args = ["ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"];
  const { code, output } = await runProgram("npm", args);
  if (code !== 0) throw new CommandError(`The packages of ${source} could not be installed:\n\n${output}`);
  writeFileSync(installedLock, lock);
}

function installedVersion(folder: string, name: string): string | null {
  const file = join(folder, "node_modules", name, "package.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version : null;
}
