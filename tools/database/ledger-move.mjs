// npm run ledger:move -- --from file:PATH --to postgresql://…: a ledger leaves its SQLite file for a PostgreSQL server. Nothing may
// write to the file meanwhile. Killed, it goes on where it was; at its end every table is compared, row by row.

import { progressBar, runCommand, Stop, step } from "../run/console.mjs";
import { stopAll, stopAllOnSignal } from "../run/processes.mjs";
import { compareTables } from "./ledger-move/compare.mjs";
import { openSource } from "./ledger-move/source.mjs";
import { openTarget } from "./ledger-move/target.mjs";
import { migrate } from "./migrate.mjs";

const USAGE = "npm run ledger:move -- --from file:PATH --to postgresql://user:password@host/name";

await runCommand(async () => {
  stopAllOnSignal("Stopped. The same command goes on from here.");
  const [from, to] = [valueAfter("--from"), valueAfter("--to")];
  if (!from?.startsWith("file:") || !/^postgres(ql)?:/.test(to ?? "")) throw new Stop(USAGE);
  const source = openSource(from);
  await step("Bringing the new ledger to the newest migration", () => migrate(to));
  const target = await openTarget(to, source);
  try {
    await step("Moving", () => moveAll(source, target), { silent: false });
    await step("Comparing", () => compareAll(source, target), { silent: false });
    await target.finish();
  } finally {
    await target.close();
    source.close();
  }
  console.log("\n  Equal. Set DATABASE_URL to the new address, and keep the file until you have seen it work.\n");
}, stopAll);

function valueAfter(flag) {
  const place = process.argv.indexOf(flag);
  return place < 0 ? undefined : process.argv[place + 1];
}

async function moveAll(source, target) {
  const draw = progressBar();
  const total = source.tables.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  for (const table of source.tables) {
    const progress = await target.progressOf(table);
    done += progress.rows;
    let after = progress.rowid;
    for (;;) {
      const batch = source.readAfter(table, after);
      if (batch.length === 0) break;
      after = batch.at(-1)._rowid;
      await target.write(table, batch, after);
      done += batch.length;
      draw(done, total, `${done} of ${total} rows, ${table.name}`);
    }
  }
  if (total === 0) console.log("  The ledger is empty.");
}

async function compareAll(source, target) {
  const results = await compareTables(source, target);
  for (const { name, here, there } of results) {
    const mark = here.sum === there.sum && here.rows === there.rows ? "equal" : "NOT EQUAL";
    console.log(`  ${name.padEnd(20)} ${String(here.rows).padStart(9)} rows  ${here.sum.slice(0, 16)}  ${mark}`);
  }
  const unequal = results.filter(({ here, there }) => here.sum !== there.sum || here.rows !== there.rows);
  if (unequal.length > 0)
    throw new Stop(
      `Not equal: ${unequal.map(({ name }) => name).join(", ")}. The file has changed since the move was begun, or something else wrote ` +
        "to the new ledger. Empty that database and begin again; the file is as it was.",
    );
}
