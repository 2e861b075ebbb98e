// npm run ledger:move -- --from file:PATH --to postgresql://…: moves a ledger from its SQLite file to a PostgreSQL
// server. Nothing may write to the file meanwhile. If the command is killed, run it again: it continues.
import { CommandError, progressBar, runMainOrExit, runStep } from "../run/console.mjs";
import { stopAll, stopAllChildrenOnSignal } from "../run/processes.mjs";
import { compareTables, type TableComparison } from "./ledger-move/compare";
import { openLedgerMoveSource, type SourceLedger } from "./ledger-move/source";
import { openTargetLedger, prepareTargetLedger, type TargetLedger } from "./ledger-move/target";

const USAGE = "npm run ledger:move -- --from file:PATH --to postgresql://user:password@host/name";

await runMainOrExit(async () => {
  stopAllChildrenOnSignal("Stopped. Run the same command again to continue.");
  const [from, to] = [valueAfter("--from"), valueAfter("--to")];
  if (!from?.startsWith("file:") || !to || !/^postgres(ql)?:/.test(to)) throw new CommandError(USAGE);
  const source = openLedgerMoveSource(from);
  await runStep("Bringing the new ledger to the newest migration", () => prepareTargetLedger(to));
  const target = await openTargetLedger(to, source);
  try {
    await runStep("Moving", () => moveAll(source, target), { showsElapsed: false });
    await runStep("Comparing", () => compareAll(source, target), { showsElapsed: false });
    await target.finish();
  } finally {
    await target.close();
    source.close();
  }
  console.log("\n  Equal. Set DATABASE_URL to the new URL, and keep the file until you have seen it work.\n");
}, stopAll);

function valueAfter(flag: string): string | undefined {
  const position = process.argv.indexOf(flag);
  return position < 0 ? undefined : process.argv[position + 1];
}

async function moveAll(source: SourceLedger, target: TargetLedger): Promise<void> {
  const showProgress = progressBar();
  const total = source.tables.reduce((sum, { rowCount }) => sum + rowCount, 0);
  let done = 0;
  for (const table of source.tables) {
    const progress = await target.progressOf(table);
    done += progress.rows;
    for (const rows of source.batches(table, progress.rowid)) {
      const rowid = rows.at(-1)?._rowid;
      if (rowid === undefined) throw new Error("a batch is never empty");
      await target.write(table, { rows, rowid });
      done += rows.length;
      showProgress(done, total, `${done} of ${total} rows, ${table.name}`);
    }
  }
  if (total === 0) console.log("  The ledger is empty.");
}

async function compareAll(source: SourceLedger, target: TargetLedger): Promise<void> {
  const comparisons = await compareTables(source, target);
  for (const comparison of comparisons) {
    const { rows, sum } = comparison.source;
    const mark = isEqual(comparison) ? "equal" : "NOT EQUAL";
    console.log(`  ${comparison.name.padEnd(20)} ${String(rows).padStart(9)} rows  ${sum.slice(0, 16)}  ${mark}`);
  }
  const unequal = comparisons.filter((comparison) => !isEqual(comparison)).map(({ name }) => name);
  if (unequal.length > 0)
    throw new CommandError(
      `Not equal: ${unequal.join(", ")}. The file has changed since the move began, or something else wrote to the new ` +
        "ledger. Empty that database and begin again; the file is unchanged.",
    );
}

function isEqual({ source, target }: TableComparison): boolean {
  return source.sum === target.sum && source.rows === target.rows;
}
