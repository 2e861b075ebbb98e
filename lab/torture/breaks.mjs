// npm run torture:breaks: breaks the ledger on purpose, one way after the other, and shows that its test goes red each time, and
// for the reason that it should. All of it happens to a copy of the sources in .cache/breaks; yours are only read. `-- 3 7` runs
// these two.
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runCommand, Stop, step } from "../../tools/run/console.mjs";
import { ROOT } from "../../tools/run/paths.mjs";
import { PRELOAD, stopAll, stopAllOnSignal } from "../../tools/run/processes.mjs";
import { runNode } from "../../tools/run/spawn.mjs";
import { BREAKS, broken } from "./broken.mjs";

const COPY = join(ROOT, ".cache/breaks");
const REPORT = join(COPY, "report.json");
const TIMEOUT_MS = 5 * 60_000;

await runCommand(async () => {
  stopAllOnSignal();
  process.on("exit", () => rmSync(COPY, { recursive: true, force: true }));
  const numbers = process.argv.slice(2).map(Number);
  const chosen = BREAKS.filter((_, index) => numbers.length === 0 || numbers.includes(index + 1));
  await step("A copy of the sources", copySources);
  await step("The tests of what is whole", () => mustBeGreen([...new Set(chosen.map(({ test }) => test))]));
  const rows = [];
  for (const each of chosen) rows.push(await step(each.name, () => rowOf(each)));
  console.log(["", "| break | test | it says |", "|---|---|---|", ...rows.map(({ line }) => line)].join("\n"));
  if (!rows.every(({ isCaught }) => isCaught)) throw new Stop("Not every break was caught for what it is.");
}, stopAll);

/** What git knows or would add: no build, no ledger, no settings. */
function copySources() {
  rmSync(COPY, { recursive: true, force: true });
  const { stdout } = spawnSync("git", ["ls-files", "-z", "-co", "--exclude-standard", "--deduplicate"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  for (const file of stdout.split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(COPY, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(COPY, file));
  }
  cpSync(join(ROOT, "generated"), join(COPY, "generated"), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(COPY, "node_modules"), "dir");
}

async function mustBeGreen(tests) {
  const { isGreen, says } = await run(tests);
  if (!isGreen) throw new Stop(`They are red before anything is broken: ${says}`);
}

async function rowOf({ name, file, test, changes }) {
  const path = join(COPY, file);
  const whole = readFileSync(path, "utf8");
  writeFileSync(path, broken(whole, { file, changes }));
  const { isGreen, isReason, says } = await run([test]);
  writeFileSync(path, whole);
  const seen = isGreen ? "**not caught**" : isReason ? "" : "**for another reason**: ";
  console.log(`  ${seen || "red: "}${says}`);
  const cells = [name, `\`${test}\``, `${seen}${says}`].map((cell) => cell.replaceAll("|", "\\|"));
  return { isCaught: !isGreen && isReason, line: `| ${cells.join(" | ")} |` };
}

/** `says`: the first thing that a failed test names. Only what a test expected and did not find is a reason. */
async function run(tests) {
  rmSync(REPORT, { force: true });
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", "sqlite", ...tests];
  const { code, output } = await runNode([...args, "--reporter=json", `--outputFile=${REPORT}`], {
    cwd: COPY,
    timeoutMs: TIMEOUT_MS,
    // The workers end with it, too.
    env: { NODE_OPTIONS: `--import ${PRELOAD}`, TORTURE_SEED: "", TESTS: "all" },
  });
  const failures = readFailures();
  if (code === 0 && failures?.length === 0) return { isGreen: true, isReason: false, says: "" };
  const [first] = failures ?? [];
  if (!first)
    return {
      isGreen: false,
      isReason: false,
      says: `no test failed, and the run ended with ${code}: ${lastLine(output)}`,
    };
  return { isGreen: false, isReason: /AssertionError/.test(first), says: firstWord(first) };
}

function readFailures() {
  try {
    const { testResults } = JSON.parse(readFileSync(REPORT, "utf8"));
    const failed = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === "failed");
    return failed.map(({ title, failureMessages }) => `${title}: ${failureMessages.join("\n")}`);
  } catch {
    return undefined;
  }
}

function firstWord(failure) {
  const [, seed, difference] = /TORTURE_SEED=(\d+) repeats it; the first is “(.+?)”: expected/s.exec(failure) ?? [];
  if (difference) return `seed ${seed}: \`${difference}\``;
  const lines = failure.split("\n").filter((line) => /Error:/.test(line));
  return `\`${lines.at(-1) ?? failure.split("\n")[0]}\``;
}

function lastLine(output) {
  return output.trim().split("\n").at(-1) ?? "";
}
