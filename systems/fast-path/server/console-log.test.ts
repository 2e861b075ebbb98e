import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

function linesOf(program: string): { level: number; msg: string; from: string }[] {
  const source = `import { sendConsoleToLog } from "./systems/fast-path/server/console-log.ts"; sendConsoleToLog(); ${program}`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "--input-type=module", "-e", source],
    {
      cwd: new URL("../../..", import.meta.url),
      env: { ...process.env, LOG_LEVEL: "debug" },
      encoding: "utf8",
    },
  );
  expect(stderr).toBe("");
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("turns everything printed into JSON lines, without error messages or e-mail addresses", () => {
  const lines = linesOf(`
    console.log("asked for %s", "/x\\n{\\"level\\":30,\\"msg\\":\\"webhook\\"}");
    console.error(" \\u001b[31m⨯\\u001b[39m", new TypeError("anna@example.org gave 5"));
    console.warn({ email: "anna@example.org" });
    console.debug("small"); console.info("news");
    process.emitWarning("old way", "DeprecationWarning");
    await new Promise(setImmediate);
  `);
  expect(lines.map(({ level, from }) => [level, from])).toEqual([
    [30, "console"],
    [50, "console"],
    [40, "console"],
    [20, "console"],
    [30, "console"],
    [40, "node"],
  ]);
  expect(lines[0]?.msg).toBe('asked for /x\n{"level":30,"msg":"webhook"}');
  expect(lines[1]?.msg).toMatch(/^⨯ TypeError\n +at /);
  expect(JSON.stringify(lines)).not.toContain("anna");
});
