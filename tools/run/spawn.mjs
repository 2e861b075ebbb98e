import { spawn } from "node:child_process";
import { CommandError } from "./console.mjs";
import { REPOSITORY_ROOT } from "./paths.mjs";
import { EXIT_WITH_PARENT_MODULE_URL, includeInStopAll } from "./processes.mjs";

/** @typedef {Record<string, string | undefined>} Environment */
/** @typedef {{ env?: Environment, shown?: boolean, cwd?: string, timeoutMs?: number }} RunOptions */

const QUIET_TOOLS = {
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  DO_NOT_TRACK: "1",
  // Turns colours off without a terminal, because some tools colour their output on CI even then.
  ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }),
};

/**
 * Runs a program and returns its exit code and its output. With `shown`, the output goes to the console, and the
 * returned output is empty. After `timeoutMs`, the program is killed, and the exit code is not 0.
 * @param {string} program @param {string[]} args @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runProgram(program, args, { env = {}, shown = false, cwd = REPOSITORY_ROOT, timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      timeout: timeoutMs,
      killSignal: timeoutMs ? "SIGKILL" : undefined,
      env: { ...process.env, ...QUIET_TOOLS, ...env, STARTED_BY: String(process.pid) },
      stdio: shown ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    includeInStopAll(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** @param {string[]} args @param {RunOptions} [options] */
export function runNode(args, options) {
  return runProgram(process.execPath, ["--import", EXIT_WITH_PARENT_MODULE_URL, ...args], options);
}

/**
 * Runs a Node program and returns its output. If it fails, throws a CommandError with the whole output.
 * @param {string} label the beginning of the error message @param {string[]} args @param {RunOptions} [options]
 */
export async function runNodeOrThrow(label, args, options) {
  const { code, output } = await runNode(args, options);
  if (code !== 0) throw new CommandError(`${label} failed (exit code ${code}).\n\n${output}`);
  return output;
}

/**
 * Runs a Node program that prints its own progress. Throws a CommandError if it fails.
 * @param {string} label @param {string[]} args @param {RunOptions} [options]
 */
export async function runNodeVisiblyOrThrow(label, args, options) {
  const { code } = await runNode(args, { ...options, shown: true });
  if (code !== 0) throw new CommandError(`${label} failed (exit code ${code}); its own message is above.`);
}
