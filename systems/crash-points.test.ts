import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { bundleCommand } from "../tools/test/bundle-command";

const POINTS = await bundleCommand("systems/crash-points.ts");

/** Runs the code in a separate process, with CRASH_AT set to `crashAt`. */
function runWithCrashAt(code: string, crashAt: string) {
  const env = { ...process.env, CRASH_AT: crashAt };
  const args = [
    "--input-type=module",
    "-e",
    `import { killProcessAtCrashPoint, refuseCrashPoints } from ${JSON.stringify(POINTS)}; ${code}`,
  ];
  const { signal, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
  return { signal, stdout, stderr };
}

const TWICE =
  'killProcessAtCrashPoint("after-commit"); console.log("once"); killProcessAtCrashPoint("after-commit"); console.log("twice");';

test("does nothing if CRASH_AT is empty or names another point", () => {
  expect(runWithCrashAt(TWICE, "")).toMatchObject({ signal: null, stdout: "once\ntwice\n" });
  expect(runWithCrashAt(TWICE, "after-mail:1")).toMatchObject({ signal: null, stdout: "once\ntwice\n" });
});

test("kills the process the given number of times it reaches the point, and prints the point", () => {
  const died = { signal: "SIGKILL", stdout: "once\n", stderr: "killed at after-commit\n" };
  expect(runWithCrashAt(TWICE, "after-commit:2")).toMatchObject(died);
});

test("refuses a crash point with a live key", () => {
  expect(runWithCrashAt("refuseCrashPoints({ live: true });", "after-commit:2").stderr).toContain(
    "CRASH_AT is only for npm run torture",
  );
  expect(runWithCrashAt("refuseCrashPoints({ live: true });", "").stderr).toBe("");
});
