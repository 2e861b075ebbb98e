// Installs and runs Stripe's command line. It is installed from npm when it is first needed. It cannot be in the lock
// file: npm needs the packages for all platforms there, and some are not published.
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const FOLDER = join(import.meta.dirname, "..", "..", ".cache", "stripe-cli");
const PROGRAM = join(FOLDER, "node_modules", ".bin", "stripe");
const VERSION = "1.52.0";

/**
 * Returns true once the command line is installed. With STRIPE_CLI_OFFLINE=1, returns false instead of installing it.
 * Throws if npm cannot fetch it.
 */
export async function installCli(): Promise<boolean> {
  if (existsSync(PROGRAM)) return true;
  if (process.env.STRIPE_CLI_OFFLINE === "1") return false;
  mkdirSync(FOLDER, { recursive: true });
  const args = ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", FOLDER, `@stripe/cli@${VERSION}`];
  await promisify(execFile)("npm", args, { timeout: 110_000 }).catch(() => undefined);
  if (existsSync(PROGRAM)) return true;
  throw new Error(`@stripe/cli@${VERSION} could not be fetched from npm; STRIPE_CLI_OFFLINE=1 skips its tests.`);
}

export type CliOptions = {
  url: string;
  key: string;
  home: string;
};

export type CliResult = {
  code: number;
  output: string;
};

export function runCli(args: string[], { url, key, home }: CliOptions, input?: string): Promise<CliResult> {
  const all = [...args, "--api-base", url, "--api-key", key];
  return new Promise((resolve) => {
    const child = execFile(PROGRAM, all, { env: envOf(home), timeout: 100_000 }, (failure, stdout, stderr) => {
      const code = failure ? Number(failure.code ?? 1) : 0;
      resolve({ code, output: `${stdout}\n${stderr}` });
    });
    child.stdin?.end(input);
  });
}

/**
 * Starts a command that runs until `stop`. The npm package starts a child process, so `stop` stops the whole process
 * group.
 */
export function startCli(args: string[], { url, key, home }: CliOptions) {
  const child = spawn(PROGRAM, [...args, "--api-base", url, "--api-key", key], { env: envOf(home), detached: true });
  const output: string[] = [];
  child.stdout.on("data", (text) => output.push(String(text)));
  child.stderr.on("data", (text) => output.push(String(text)));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  return {
    output: () => output.join(""),
    stop: async () => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      await ended;
    },
  };
}

function envOf(home: string): NodeJS.ProcessEnv {
  return { ...process.env, HOME: home, XDG_CONFIG_HOME: home, STRIPE_CLI_TELEMETRY_OPTOUT: "1", NO_COLOR: "1" };
}
