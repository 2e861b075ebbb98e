import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startChild, waitUntilHealthy } from "./processes.mjs";

const PROCESSES = join(import.meta.dirname, "processes.mjs");

function program(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "appeal-processes-")), "program.mjs");
  writeFileSync(file, text);
  return file;
}

/** Starts a parent process that starts a child. The child never exits by itself. */
async function startParent(before = "") {
  const forever = program(`${before}setInterval(() => {}, 1000);`);
  const parent = spawn(process.execPath, [
    program(`import { startChild, stopAllChildrenOnSignal } from ${JSON.stringify(PROCESSES)};
      stopAllChildrenOnSignal();
      console.log(startChild("child", [${JSON.stringify(forever)}], {}).pid);`),
  ]);
  const [chunk] = await Promise.race([once(parent.stdout, "data"), failAtExit(parent)]);
  return { parent, childId: Number(String(chunk).trim()) };
}

/** Rejects as soon as the parent process exits. So no test waits for the output of a program that has failed. */
async function failAtExit(parent: ChildProcess): Promise<never> {
  const [code, signal] = await once(parent, "exit");
  throw new Error(`The parent exited with ${code ?? signal}.`);
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    // In a container without an init process, a process that has exited without a parent stays listed as a zombie.
    const status = `/proc/${id}/status`;
    return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, "utf8"));
  } catch {
    return false;
  }
}

test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("a child exits when its parent gets %s", async (signal) => {
  const { parent, childId } = await startParent();
  expect(isAlive(childId)).toBe(true);
  parent.kill(signal);
  await expect.poll(() => isAlive(childId), { timeout: 60_000 }).toBe(false);
});

test("a child exits with its parent even if process.exit throws, as in a test runner", async () => {
  const runner = "process.exit = () => { throw new Error(); }; process.on('uncaughtException', () => {});";
  const { parent, childId } = await startParent(runner);
  parent.kill("SIGKILL");
  await expect.poll(() => isAlive(childId), { timeout: 60_000 }).toBe(false);
});

test("a program that exits while starting is reported with its last output", async () => {
  const child = startChild("clock", [program('console.error("no spring left"); process.exit(3);')], {});
  await expect(waitUntilHealthy(child, "http://127.0.0.1:9/", { timeoutMs: 5_000 })).rejects.toThrow(
    /clock exited[\s\S]*no spring left/,
  );
});
