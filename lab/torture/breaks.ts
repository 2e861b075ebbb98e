// npm run torture:breaks: makes one wrong change after another to the code of the ledger and the webhook, in a copy of
// the sources in .cache/breaks. Each change must make a test fail for the right reason. `-- 3 7` tries only the third
// and the seventh change.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError, runMainOrExit, runStep } from "../../tools/run/console.mjs";
import { REPOSITORY_ROOT } from "../../tools/run/paths.mjs";
import { EXIT_WITH_PARENT_MODULE_URL, stopAll, stopAllChildrenOnSignal } from "../../tools/run/processes.mjs";
import { runNode } from "../../tools/run/spawn.mjs";
import { copySources } from "../../tools/test/copy-sources.mjs";
import { applyMutation, type Mutation, SOURCE_CODE_MUTATIONS } from "./mutations.mjs";

const COPY = join(REPOSITORY_ROOT, ".cache/breaks");
const REPORT = join(COPY, "report.json");
const TIMEOUT_MS = 5 * 60_000;

/**
 * The result of the tests on the broken code. `isGreen`: true if all tests passed. `failsByAssertion`: true if the
 * first failure is a failed assertion. Only then do the tests count as having found the broken code.
 */
type Outcome = { isGreen: boolean; failsByAssertion: boolean; failure: string };
type Assertion = { status: string; title: string; failureMessages: string[] };

await runMainOrExit(async () => {
  stopAllChildrenOnSignal();
  process.on("exit", () => rmSync(COPY, { recursive: true, force: true }));
  const numbers = process.argv.slice(2).map(Number);
  const chosen = SOURCE_CODE_MUTATIONS.filter((_, index) => numbers.length === 0 || numbers.includes(index + 1));
  await runStep("A copy of the sources", () => copySources(COPY));
  await runStep("The tests before any break", () => mustBeGreen([...new Set(chosen.map(({ test }) => test))]));
  const rows: { isCaught: boolean; line: string }[] = [];
  for (const each of chosen) rows.push(await runStep(each.name, () => rowOf(each)));
  console.log(["", "| break | test | failure |", "|---|---|---|", ...rows.map(({ line }) => line)].join("\n"));
  if (!rows.every(({ isCaught }) => isCaught))
    throw new CommandError("Not every break was caught for the right reason.");
}, stopAll);

async function mustBeGreen(tests: string[]): Promise<void> {
  const { isGreen, failure } = await run(tests);
  if (!isGreen) throw new CommandError(`The tests fail before anything is broken: ${failure}`);
}

async function rowOf({ name, file, test, changes }: Mutation): Promise<{ isCaught: boolean; line: string }> {
  const path = join(COPY, file);
  const whole = readFileSync(path, "utf8");
  writeFileSync(path, applyMutation(whole, { file, changes }));
  const { isGreen, failsByAssertion, failure } = await run([test]);
  writeFileSync(path, whole);
  const verdict = isGreen ? "**not caught**" : failsByAssertion ? "" : "**for another reason**: ";
  console.log(`  ${verdict || "failed: "}${failure}`);
  const cells = [name, `\`${test}\``, `${verdict}${failure}`].map((cell) => cell.replaceAll("|", "\\|"));
  return { isCaught: !isGreen && failsByAssertion, line: `| ${cells.join(" | ")} |` };
}

async function run(tests: string[]): Promise<Outcome> {
  rmSync(REPORT, { force: true });
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", "sqlite", ...tests];
  const { code, output } = await runNode([...args, "--reporter=json", `--outputFile=${REPORT}`], {
    cwd: COPY,
    timeoutMs: TIMEOUT_MS,
    // Makes the test workers exit when their parent process exits.
    env: { NODE_OPTIONS: `--import ${EXIT_WITH_PARENT_MODULE_URL}`, TORTURE_SEED: "", TESTS: "all" },
  });
  const failures = readFailures();
  if (code === 0 && failures?.length === 0) return { isGreen: true, failsByAssertion: false, failure: "" };
  const [first] = failures ?? [];
  if (!first)
    return {
      isGreen: false,
      failsByAssertion: false,
      failure: `no test failed, and the run exited with code ${code}: ${lastLine(output)}`,
    };
  return { isGreen: false, failsByAssertion: /AssertionError/.test(first), failure: summaryOf(first) };
}

function readFailures(): string[] | undefined {
  try {
    const { testResults }: { testResults: { assertionResults: Assertion[] }[] } = JSON.parse(
      readFileSync(REPORT, "utf8"),
    );
    return testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === "failed")
      .map(({ title, failureMessages }) => `${title}: ${failureMessages.join("\n")}`);
  } catch {
    return undefined;
  }
}

function summaryOf(failure: string): string {
  const [, seed, difference] = /TORTURE_SEED=(\d+) repeats it; the first is “(.+?)”: expected/s.exec(failure) ?? [];
  if (difference) return `seed ${seed}: \`${difference}\``;
  const lines = failure.split("\n").filter((line) => /Error:/.test(line));
  return `\`${lines.at(-1) ?? failure.split("\n")[0]}\``;
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}
