// npm run bench -- totals: how long the queries of the newsroom's first page take, by the number of payments in the ledger.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { getTodayFigures } from "../../domain/newsroom/figures";
import { publication } from "../../publication";
import { openSqlite } from "../../systems/sqlite/open";
import { migrate } from "../../tools/database/migrate.mjs";
import { step } from "../../tools/run/console.mjs";
import { ROOT } from "../../tools/run/paths.mjs";
import { fillLedger } from "./fill-ledger";
import { median, percentile } from "./load";
import { describeMachine, formatInteger } from "./report";

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const WARM_UP = 100;
const VIEWS = 200;
const FOLDER = join(ROOT, ".cache/bench-totals");

export async function benchTotals(): Promise<string> {
  const lines: string[] = [];
  for (const size of SIZES) {
    const tookMs = await step(`${formatInteger(size)} payments`, () => measure(size));
    lines.push(`| ${formatInteger(size)} | ${median(tookMs).toFixed(1)} | ${percentile(tookMs, 0.95).toFixed(1)} |`);
  }
  return `Written by \`npm run bench -- totals --write\` on ${describeMachine()}: all queries of the newsroom's first page on a SQLite ledger
(\`getTodayFigures\`), Prisma included, ${VIEWS} times each. One payment in ten belongs to a recurring gift, and there are a twentieth as many recurring gifts as payments.
The page reads stored totals (\`Total\`, \`RecurringTotal\`) and the first rows of an index. The file has no ANALYZE statistics, because a ledger in use has none.

| payments | median ms | p95 ms |
|---|---|---|
${lines.join("\n")}`;
}

/** Fails the benchmark: a page with a missing part would measure as too fast. */
function onFailure(part: string, cause: unknown): never {
  throw new Error(`${part} could not be loaded`, { cause });
}

async function measure(payments: number): Promise<number[]> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, "ledger.db");
  await migrate(`file:${path}`);
  const now = new Date();
  const file = new Database(path);
  fillLedger(file, { payments, now });
  file.close();
  const db = await openSqlite(`file:${path}`);
  const view = async () => {
    const startedAt = performance.now();
    await getTodayFigures(db, { publication, now, onFailure });
    return performance.now() - startedAt;
  };
  for (let n = 0; n < WARM_UP; n++) await view();
  const tookMs: number[] = [];
  for (let n = 0; n < VIEWS; n++) tookMs.push(await view());
  await db.$disconnect();
  return tookMs;
}
