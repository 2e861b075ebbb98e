// Runs a program to its end, with its output shown or kept for the message about its failure.
import { spawn } from "node:child_process";
import { Stop } from "./console.mjs";
import { ROOT } from "./paths.mjs";
import { PRELOAD, track } from "./processes.mjs";

const QUIET_TOOLS = {
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  DO_NOT_TRACK: "1",
  // Some tools colour whatever they see on CI.
  ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }),
};

/** The exit code, and what it printed where it is not `shown`. After `timeoutMs` it is killed, and the code is no 0. */
export function runProgram(program, args, { env = {}, shown = false, cwd = ROOT, timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      timeout: timeoutMs,
      killSignal: timeoutMs ? "SIGKILL" : undefined,
      env: { ...process.env, ...QUIET_TOOLS, ...env, STARTED_BY: String(process.pid) },
      stdio: shown ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    track(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A program of ours or of a package, by its file: no shell and no npx between us and it. */
export function runNode(args, options) {
  return runProgram(process.execPath, ["--import", PRELOAD, ...args], options);
}

/** Throws a Stop with all that it printed where the program fails. */
export async function mustRun(what, args, options) {
  const { code, output } = await runNode(args, options);
  if (code !== 0) throw new Stop(`${what} failed (exit code ${code}).\n\n${output}`);
  return output;
}

/** The same for a program that draws its own progress. */
export async function mustShow(what, args, options) {
  const { code } = await runNode(args, { ...options, shown: true });
  if (code !== 0) throw new Stop(`${what} failed (exit code ${code}); its own message is above.`);
}
