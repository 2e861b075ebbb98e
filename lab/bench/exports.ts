// npm run bench -- exports: measures the time and the memory of the export for accounting, for several numbers of rows.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { publication } from "../../publication";
import { streamPaymentsCsv } from "../../systems/exports";
import { openSqlite } from "../../systems/sqlite/open";
import { migrate } from "../../tools/database/migrate.mjs";
import { runStep } from "../../tools/run/console.mjs";
import { REPOSITORY_ROOT } from "../../tools/run/paths.mjs";
import { describeMachine, formatInteger } from "./report";

const SIZES = [10_000, 100_000, 1_000_000];
const FOLDER = join(REPOSITORY_ROOT, ".cache/bench-exports");
const MB = 1_024 * 1_024;
const ALL_DAYS = { from: "2024-01-01", to: "2026-12-31" };

export async function benchAccountingExport(): Promise<string> {
  const lines: string[] = [];
  for (const size of SIZES) lines.push(await runStep(`${formatInteger(size)} rows`, () => measure(size)));
  rmSync(FOLDER, { recursive: true, force: true });
  return `Written by \`npm run bench -- exports --write\` on ${describeMachine()}: the whole export for accounting (\`streamPaymentsCsv\`) from a SQLite
ledger, read to the end and discarded. One row in ten is a refund, and each has left with a payout. Rows per second by the clock, and by the processor time of the process, which other
work on the machine does not change. Memory is the peak RSS of the process, including the ledger's cache and Node itself.

| rows | rows/s by the clock | rows/s of processor time | file, MB | peak memory, MB |
|---|---|---|---|---|
${lines.join("\n")}`;
}

async function measure(rows: number): Promise<string> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, "ledger.db");
  await migrate(`file:${path}`);
  fill(path, rows);
  const db = await openSqlite(`file:${path}`);
  const before = { at: performance.now(), cpu: process.cpuUsage() };
  const { bytes, lines, peakBytes } = await drain(
    streamPaymentsCsv(db, { range: ALL_DAYS, timeZone: publication.timeZone }),
  );
  const tookS = (performance.now() - before.at) / 1_000;
  const { user, system } = process.cpuUsage(before.cpu);
  await db.$disconnect();
  if (lines !== rows + 1) throw new Error(`the export has ${lines - 1} rows instead of ${rows}`);
  const perSecond = [rows / tookS, rows / ((user + system) / 1_000_000)].map((n) => formatInteger(Math.round(n)));
  const megabytes = [bytes, peakBytes].map((n) => (n / MB).toFixed(0));
  return `| ${[formatInteger(rows), ...perSecond, ...megabytes].join(" | ")} |`;
}

async function drain(csv: AsyncIterable<Buffer>): Promise<{ bytes: number; lines: number; peakBytes: number }> {
  let [bytes, lines, peakBytes] = [0, 0, 0];
  for await (const chunk of csv) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) lines += 1;
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }
  return { bytes, lines, peakBytes };
}

function fill(path: string, rows: number): void {
  const file = new Database(path);
  file.pragma("synchronous = OFF");
  const at = `strftime('%Y-%m-%dT%H:%M:%S', '2024-01-01', (i * 94000000 / ${rows}) || ' seconds') || '.000+00:00'`;
  const numbers = `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows - 1})`;
  file.exec(`BEGIN;
    INSERT INTO "Payment" ("id", "status", "amountMinor", "currency", "frequency", "paidAt", "article", "recordedAt") ${numbers}
      SELECT 'P' || i, 'succeeded', 500 + i % 90 * 50, 'EUR', 'once', ${at}, 'an-article-' || (i % 40), ${at} FROM n;
    INSERT INTO "BalanceEntry" ("id", "kind", "paymentId", "sourceId", "currency", "amountMinor", "feeMinor", "netMinor", "occurredAt", "recordedAt")
      ${numbers} SELECT 'txn_3PqLvT2eZvKYlo2C' || i, CASE i % 10 WHEN 0 THEN 'refund' ELSE 'payment' END, 'P' || i, 're_3PqLvT2eZvKYlo2C' || i, 'USD',
        600 + i % 90 * 50, 30, 570 + i % 90 * 50, ${at}, ${at} FROM n;
    INSERT INTO "Entry" ("key", "kind", "paymentId", "amountMinor", "currency", "occurredAt", "recordedAt") ${numbers}
      SELECT 'refund:re_3PqLvT2eZvKYlo2C' || i, 'refund', 'P' || i, -500, 'EUR', ${at}, ${at} FROM n WHERE i % 10 = 0;
    INSERT INTO "Payout" ("id", "status", "amountMinor", "currency", "arrivesAt", "createdAt", "recordedAt")
      SELECT 'po_3PqLvT2eZvKYlo2C' || SUBSTR("occurredAt", 1, 10), 'paid', 100, 'USD', SUBSTR("occurredAt", 1, 10) || 'T00:00:00.000+00:00',
        "occurredAt", "occurredAt" FROM "BalanceEntry" GROUP BY SUBSTR("occurredAt", 1, 10);
    INSERT INTO "PayoutEntry" ("id", "payoutId", "recordedAt")
      SELECT "id", 'po_3PqLvT2eZvKYlo2C' || SUBSTR("occurredAt", 1, 10), "recordedAt" FROM "BalanceEntry";
    COMMIT;`);
  file.close();
}
