// Starts and stops other programs. Programs that startChild() starts exit with this process, however it exits.
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { CommandError } from "./console.mjs";
import { REPOSITORY_ROOT } from "./paths.mjs";

const MAX_LINES = 20;
/**
 * The time that a program has to exit before it is killed. It is longer than the site's shutdown, which first answers
 * requests (graceful-shutdown.mjs).
 */
const graceMs = 15_000;
const graceAfterSignalMs = 300;
export const EXIT_WITH_PARENT_MODULE_URL = new URL("exit-with-parent.mjs", import.meta.url).href;

let stopping = false;
/** @type {Set<{ stop: () => Promise<void> }>} */
const running = new Set();

/**
 * @typedef {{ name: string, pid: number | undefined, hasEnded: () => boolean, lastLines: () => string,
 *   ended: Promise<number>, stop: () => Promise<void> }} Child
 * @typedef {{ env?: Record<string, string | undefined>, log?: string, printsPrefixed?: boolean,
 *   printsUnchanged?: boolean }} ChildOptions
 * `log`: a file for the output. `printsPrefixed`: prints the output with the child's name before each line.
 * `printsUnchanged`:
 *   prints the output unchanged.
 */

/**
 * Starts a Node program. Keeps the last lines of its output for an error message.
 * @param {string} name @param {string[]} args @param {ChildOptions} [options] @returns {Child}
 */
export function startChild(name, args, { env = {}, log, printsPrefixed = false, printsUnchanged = false } = {}) {
  const child = spawn(process.execPath, ["--import", EXIT_WITH_PARENT_MODULE_URL, ...args], {
    cwd: REPOSITORY_ROOT,
    env: { ...process.env, ...env, STARTED_BY: String(process.pid) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  /** @type {string[]} */
  const lines = [];
  const file = log ? createWriteStream(log, { flags: "a", mode: 0o600 }) : undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (/** @type {string} */ text) => {
      file?.write(text);
      if (printsUnchanged) process.stdout.write(text);
      if (printsPrefixed) process.stdout.write(text.replace(/^(?=.)/gm, `${name.padEnd(6)} │ `));
      lines.push(...text.split("\n").filter((line) => line.trim()));
      lines.splice(0, lines.length - MAX_LINES);
    });
  }
  /** @type {Promise<number>} */
  const exited = new Promise((resolve) => {
    child.on("error", (error) => lines.push(String(error)));
    child.on("close", (code) => resolve(code ?? 1));
  });
  const started = {
    name,
    pid: child.pid,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined,
    lastLines: () => lines.join("\n"),
    ended: exited,
    stop: () => stop(child, exited),
  };
  running.add(started);
  exited.then(() => running.delete(started));
  return started;
}

/** @param {import("node:child_process").ChildProcess} child @param {Promise<unknown>} exited */
async function stop(child, exited) {
  child.kill("SIGTERM");
  const killTimer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await exited;
  clearTimeout(killTimer);
}

/**
 * Makes `stopAll` also stop a program that `startChild` did not start.
 * @param {import("node:child_process").ChildProcess} child
 */
export function includeInStopAll(child) {
  const exited = new Promise((resolve) => child.on("close", resolve));
  const tracked = { stop: () => stop(child, exited) };
  running.add(tracked);
  exited.then(() => running.delete(tracked));
}

export async function stopAll() {
  await Promise.all([...running].map((child) => child.stop()));
}

/**
 * Resolves when `url` answers with a 2xx status. If the child exits or takes too long, throws a CommandError with the
 * child's last lines of output.
 * @param {Child} child @param {string} url @param {{ timeoutMs: number }} options
 */
export async function waitUntilHealthy(child, url, { timeoutMs }) {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    if (child.hasEnded())
      throw new CommandError(`The ${child.name} exited while starting. Its last output:\n\n${child.lastLines()}`);
    const answer = await fetch(url, { redirect: "manual" }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await delay(100);
  }
  const seconds = timeoutMs / 1000;
  throw new CommandError(
    `The ${child.name} did not answer at ${url} within ${seconds} s. Its last output:\n\n${child.lastLines()}`,
  );
}

/** @param {string} [farewell] */
export function stopAllChildrenOnSignal(farewell) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      await stopAll();
      if (farewell) console.log(`\n${farewell}`);
      process.exit(0);
    });
}

/**
 * Resolves with the first child that exits by itself. Never resolves if Ctrl-C stops this process: the signal also
 * stops the children, perhaps before it reaches this process.
 * @param {Child[]} children @returns {Promise<Child>}
 */
export async function waitForFirstChildToExit(children) {
  const first = await Promise.race(children.map((child) => child.ended.then(() => child)));
  await delay(graceAfterSignalMs);
  return stopping ? new Promise(() => {}) : first;
}
