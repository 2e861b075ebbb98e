// The processes that we start, and their end: whatever ends us, they end too.
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { Stop } from "./console.mjs";
import { ROOT } from "./paths.mjs";

const LINES_KEPT = 20;
/** Above the longest end: the site answers what has begun (end-in-order.mjs). */
const graceMs = 15_000;
const graceAfterSignalMs = 300;
export const PRELOAD = new URL("exit-with-parent.mjs", import.meta.url).href;

let stopping = false;
/** @type {Set<{ stop: () => Promise<void> }>} */
const running = new Set();

/**
 * @typedef {{ name: string, pid: number | undefined, hasEnded: () => boolean, lastLines: () => string,
 *   ended: Promise<number>, stop: () => Promise<void> }} Child
 */

/**
 * Starts a Node program. Its output goes to `log` (a file) where one is named, to our own output where `shown` (with its name
 * before each line) or `passedOn` (as it is); its last lines are kept for the message about its death.
 * @param {string} name @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, log?: string, shown?: boolean, passedOn?: boolean }} [options]
 * @returns {Child}
 */
export function startChild(name, args, { env = {}, log, shown = false, passedOn = false } = {}) {
  const child = spawn(process.execPath, ["--import", PRELOAD, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env, STARTED_BY: String(process.pid) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines = [];
  const file = log ? createWriteStream(log, { flags: "a", mode: 0o600 }) : undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      file?.write(text);
      if (passedOn) process.stdout.write(text);
      if (shown) process.stdout.write(text.replace(/^(?=.)/gm, `${name.padEnd(6)} │ `));
      lines.push(...text.split("\n").filter((line) => line.trim()));
      lines.splice(0, lines.length - LINES_KEPT);
    });
  }
  const ended = new Promise((resolve) => {
    child.on("error", (error) => lines.push(String(error)));
    child.on("close", (code) => resolve(code ?? 1));
  });
  const started = {
    name,
    pid: child.pid,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined,
    lastLines: () => lines.join("\n"),
    ended,
    stop: () => stop(child, ended),
  };
  running.add(started);
  ended.then(() => running.delete(started));
  return started;
}

async function stop(child, ended) {
  child.kill("SIGTERM");
  const hurry = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await ended;
  clearTimeout(hurry);
}

/** Has `child` (a program that runs to its end by itself) ended together with the rest. */
export function track(child) {
  const ended = new Promise((resolve) => child.on("close", resolve));
  const tracked = { stop: () => stop(child, ended) };
  running.add(tracked);
  ended.then(() => running.delete(tracked));
}

/** Ends everything that was started. */
export async function stopAll() {
  await Promise.all([...running].map((child) => child.stop()));
}

/** Resolves once `url` answers 2xx; throws, with the child's last words, where it dies or takes too long. */
export async function waitUntilHealthy(child, url, { timeoutMs }) {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    if (child.hasEnded()) throw new Stop(`The ${child.name} ended while starting. It said:\n\n${child.lastLines()}`);
    const answer = await fetch(url, { redirect: "manual" }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await delay(100);
  }
  const seconds = timeoutMs / 1000;
  throw new Stop(`The ${child.name} did not answer at ${url} within ${seconds} s. It said:\n\n${child.lastLines()}`);
}

/** Ctrl-C, a closed terminal or a polite kill: end what we started, then us. */
export function stopAllOnSignal(farewell) {
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
 * Resolves with the first of them that ends by itself. Ctrl-C reaches the children too, and perhaps before us: their end is no
 * news then.
 */
export async function firstToEnd(children) {
  const first = await Promise.race(children.map((child) => child.ended.then(() => child)));
  await delay(graceAfterSignalMs);
  return stopping ? new Promise(() => {}) : first;
}
