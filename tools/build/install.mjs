// Brings node_modules into step with package-lock.json, from a fresh clone on a machine that has only Node and npm.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Stop, step } from "../run/console.mjs";
import { ROOT } from "../run/paths.mjs";
import { runProgram } from "../run/spawn.mjs";
import { fingerprintOf, readStamp, writeStamp } from "./fingerprint.mjs";

const LOCK = join(ROOT, "package-lock.json");
const MODULES = join(ROOT, "node_modules");
const STAMP = join(MODULES, ".appeal-install");
const OLDEST_NODE = [20, 19];

export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  if (isOld) throw new Stop(`Node ${OLDEST_NODE.join(".")} or later is needed; this is ${process.versions.node}.`);
}

/** `npm ci` where the lock file, or the Node that the native addon was built for, is not the one of the last install. */
export async function ensureInstalled() {
  await (await beginInstall()).compiled;
}

/**
 * The same, but it answers as soon as the packages are there. `compiled` resolves when the SQLite addon is, too, which takes most of
 * the time and one processor: what opens no ledger can run beside it.
 */
export async function beginInstall() {
  requireNode();
  const wanted = fingerprintOf([LOCK], process.platform, process.arch, process.versions.modules);
  if (readStamp(STAMP) === wanted) return { compiled: Promise.resolve() };
  if (isInstalledByHand()) {
    writeStamp(STAMP, wanted);
    return { compiled: Promise.resolve() };
  }
  await step("Installing packages (npm ci)", () => runNpm(["ci", "--include=dev", "--ignore-scripts"]));
  const compiled = step("Compiling the SQLite addon, beside what follows", compile, { silent: false }).then(() =>
    writeStamp(STAMP, wanted),
  );
  // Whoever awaits it hears of its failure; until then it must not end the process.
  compiled.catch(() => {});
  return { compiled };
}

/** Runs the install scripts that package.json allows, and no others. */
async function compile() {
  const { allowScripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const names = Object.keys(allowScripts).filter((name) => allowScripts[name] && existsSync(join(MODULES, name)));
  await runNpm(["rebuild", ...names]);
}

async function runNpm(command) {
  const { program, args } = npm();
  const env = { JOBS: "max", ...(headersBesideNode() && { npm_config_nodedir: headersBesideNode() }) };
  const quiet = ["--loglevel=error", "--no-audit", "--no-fund"];
  const { code } = await runProgram(program, [...args, ...command, ...quiet], { shown: true, env });
  if (code === 0) return;
  const missing = missingBuildTools();
  const hint =
    missing.length > 0
      ? `\nbetter-sqlite3 is compiled here, and ${missing.join(", ")} cannot be found. ${INSTALL_HINT}`
      : "";
  throw new Stop(`npm ${command[0]} failed (exit code ${code}); its own message is above.${hint}`);
}

const INSTALL_HINT =
  "On Debian or Ubuntu: apt-get install -y python3 make g++. On macOS: xcode-select --install. Then run this command again.";

/** The npm that runs us, else the one on the path. */
function npm() {
  const file = process.env.npm_execpath;
  return file?.endsWith(".js") ? { program: process.execPath, args: [file] } : { program: "npm", args: [] };
}

/** Node's C headers, where they lie beside the running Node: then node-gyp downloads none. */
function headersBesideNode() {
  const folder = dirname(dirname(process.execPath));
  return existsSync(join(folder, "include/node/node.h")) ? folder : undefined;
}

function missingBuildTools() {
  return ["python3", "make", "g++"].filter((tool) => spawnSync(tool, ["--version"]).error);
}

/** Someone ran `npm ci` without us: npm's own record of what lies there names every package of the lock file. */
function isInstalledByHand() {
  const record = join(MODULES, ".package-lock.json");
  if (!existsSync(record) || !isAddonLoadable()) return false;
  const wanted = JSON.parse(readFileSync(LOCK, "utf8")).packages;
  const present = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || optional || present[path]?.version === version,
  );
}

function isAddonLoadable() {
  const program = 'new (require("better-sqlite3"))(":memory:").close()';
  return spawnSync(process.execPath, ["-e", program], { cwd: ROOT, stdio: "ignore" }).status === 0;
}
