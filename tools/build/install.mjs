// Installs the packages in package-lock.json. Imports no package, so that it works in a fresh clone.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError, runStep } from "../run/console.mjs";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { runProgram } from "../run/spawn.mjs";
import { fingerprintOf, readStoredFingerprint, writeStoredFingerprint } from "./fingerprint.mjs";

const LOCK = join(REPOSITORY_ROOT, "package-lock.json");
const MODULES = join(REPOSITORY_ROOT, "node_modules");
const STAMP = join(MODULES, ".appeal-install");
const OLDEST_NODE = { major: 20, minor: 19 };

export function requireNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isOld = major < OLDEST_NODE.major || (major === OLDEST_NODE.major && minor < OLDEST_NODE.minor);
  if (isOld)
    throw new CommandError(
      `Node ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or later is needed; this is ${process.versions.node}.`,
    );
}

export async function ensureInstalled() {
  await (await beginPackageInstall()).compiled;
}

/**
 * Installs the packages unless they are up to date, and returns when they are unpacked. `compiled` resolves when the
 * SQLite addon is also compiled, which takes most of the time.
 * @returns {Promise<{ compiled: Promise<void> }>}
 */
export async function beginPackageInstall() {
  requireNodeVersion();
  const wanted = fingerprintOf([LOCK], process.platform, process.arch, process.versions.modules);
  if (readStoredFingerprint(STAMP) === wanted) return { compiled: Promise.resolve() };
  if (isInstalledByHand()) {
    writeStoredFingerprint(STAMP, wanted);
    return { compiled: Promise.resolve() };
  }
  await runStep("Installing packages (npm ci)", () => runNpm(["ci", "--include=dev", "--ignore-scripts"]));
  const compiled = runStep("Compiling the SQLite addon, in the background", compile, { showsElapsed: false }).then(() =>
    writeStoredFingerprint(STAMP, wanted),
  );
  // If the compilation fails, the caller gets the error when it awaits `compiled`. Without this line, a failure before
  // the caller awaits `compiled` would crash the process.
  compiled.catch(() => {});
  return { compiled };
}

/** @param {Promise<void>} compiled */
export async function waitForSqliteAddonBuild(compiled) {
  const isCompiled = await Promise.race([compiled.then(() => true), new Promise((done) => setImmediate(done, false))]);
  if (!isCompiled) await runStep("Waiting for the SQLite addon", () => compiled);
}

async function compile() {
  /** @type {{ allowScripts: Record<string, boolean> }} */
  const { allowScripts } = JSON.parse(readFileSync(join(REPOSITORY_ROOT, "package.json"), "utf8"));
  const names = Object.keys(allowScripts).filter((name) => allowScripts[name] && existsSync(join(MODULES, name)));
  await runNpm(["rebuild", ...names]);
}

/** @param {string[]} command */
async function runNpm(command) {
  const { program, args } = npm();
  const env = { JOBS: "max", ...(headersBesideNode() && { npm_config_nodedir: headersBesideNode() }) };
  const quiet = ["--loglevel=error", "--no-audit", "--no-fund"];
  const { code } = await runProgram(program, [...args, ...command, ...quiet], { shown: true, env });
  if (code === 0) return;
  const missing = missingBuildTools();
  const hint =
    missing.length > 0
      ? `\nbetter-sqlite3 is compiled on this machine, which lacks ${missing.join(", ")}. ${INSTALL_HINT}`
      : "";
  throw new CommandError(`npm ${command[0]} failed (exit code ${code}); its own message is above.${hint}`);
}

const INSTALL_HINT =
  "On Debian or Ubuntu: apt-get install -y python3 make g++. On macOS: xcode-select --install. Then run this command again.";

function npm() {
  const file = process.env.npm_execpath;
  return file?.endsWith(".js") ? { program: process.execPath, args: [file] } : { program: "npm", args: [] };
}

/** Returns the folder of the running Node, if it has Node's headers. With them, node-gyp need not download any. */
function headersBesideNode() {
  const folder = dirname(dirname(process.execPath));
  return existsSync(join(folder, "include/node/node.h")) ? folder : undefined;
}

function missingBuildTools() {
  return ["python3", "make", "g++"].filter((tool) => spawnSync(tool, ["--version"]).error);
}

/**
 * Returns true if somebody has installed the packages by hand with `npm ci`. Checks that npm's own record of installed
 * packages has the lock file's versions, and that the SQLite addon loads.
 */
function isInstalledByHand() {
  const record = join(MODULES, ".package-lock.json");
  if (!existsSync(record) || !isAddonLoadable()) return false;
  const [wanted, present] = [readLockedPackages(LOCK), readLockedPackages(record)];
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || optional || present[path]?.version === version,
  );
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean }>} */
function readLockedPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

function isAddonLoadable() {
  const program = 'new (require("better-sqlite3"))(":memory:").close()';
  return spawnSync(process.execPath, ["-e", program], { cwd: REPOSITORY_ROOT, stdio: "ignore" }).status === 0;
}
