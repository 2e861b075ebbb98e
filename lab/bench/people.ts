// npm run bench -- people: measures how long staff wait for a search, and for pages about a supporter, a payment and
// overdue gifts. The ledger has a million payments.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { listOverdueRows, OVERDUE_EXPORT_COLUMNS } from "../../domain/newsroom/exports/overdue";
import {
  listOverdueGifts,
  MAX_LISTED_OVERDUE_GIFTS,
  OVERDUE_GIFTS_SORT_ORDERS,
} from "../../domain/newsroom/overdue-gifts";
import { findPaymentsByAmountAndDay, searchSupportersAndPayments } from "../../domain/newsroom/people/find";
import { findPaymentForStaff } from "../../domain/newsroom/people/payment";
import { findSupporterRecord } from "../../domain/newsroom/people/supporter";
import { listTimeline } from "../../domain/newsroom/people/timeline";
import { publication } from "../../publication";
import type { Db } from "../../systems/database";
import { streamTableAsCsv } from "../../systems/documents/csv";
import { createIdentityCrypto } from "../../systems/identity";
import { openSqlite } from "../../systems/sqlite/open";
import { migrate } from "../../tools/database/migrate.mjs";
import { runStep } from "../../tools/run/console.mjs";
import { REPOSITORY_ROOT } from "../../tools/run/paths.mjs";
import { fillLedger } from "./fill-ledger";
import { makeGiftsOverdue } from "./fill-overdue";
import {
  benchSupporterEmail,
  benchSupporterId,
  insertBenchSupporters,
  LONG_HISTORY_SUPPORTER,
} from "./fill-supporters";
import { describeMachine, formatInteger } from "./report";
import { median, percentile } from "./statistics";

const PAYMENTS = 1_000_000;
const SUPPORTERS = 200_000;
const OVERDUE = 6_000;
const WARM_UP = 20;
const VIEWS = 100;
const FOLDER = join(REPOSITORY_ROOT, ".cache/bench-people");

type Question = { name: string; ask: (db: Db, n: number) => Promise<unknown> };

export async function benchPeoplePages(): Promise<string> {
  const identity = createIdentityCrypto(Buffer.alloc(32, 7).toString("base64"));
  const now = new Date();
  const db = await runStep(`${formatInteger(PAYMENTS)} payments, ${formatInteger(SUPPORTERS)} supporters`, async () => {
    const path = await fill({ identity, now });
    return openSqlite(`file:${path}`);
  });
  const lines: string[] = [];
  for (const { name, ask } of questions({ identity, now })) {
    const tookMs = await runStep(name, () => measure(db, ask));
    lines.push(`| ${name} | ${median(tookMs).toFixed(1)} | ${percentile(tookMs, 0.95).toFixed(1)} |`);
  }
  await db.$disconnect();
  rmSync(FOLDER, { recursive: true, force: true });
  return `Written by \`npm run bench -- people --write\` on ${describeMachine()}: all queries of each page on a SQLite ledger with ${formatInteger(PAYMENTS)} payments and
${formatInteger(SUPPORTERS)} supporters, Prisma included, ${VIEWS} times each with different values. The file has no ANALYZE statistics. "Long history": a supporter with
${formatInteger(PAYMENTS / LONG_HISTORY_SUPPORTER.ownsOnePaymentIn)} payments in three years. ${formatInteger(OVERDUE)} recurring gifts are overdue, each with three failed attempts and two mails; the page shows the first ${MAX_LISTED_OVERDUE_GIFTS}.

| page | median ms | p95 ms |
|---|---|---|
${lines.join("\n")}`;
}

type Setting = { identity: ReturnType<typeof createIdentityCrypto>; now: Date };

async function fill({ identity, now }: Setting): Promise<string> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, "ledger.db");
  await migrate(`file:${path}`);
  const file = new Database(path);
  fillLedger(file, { payments: PAYMENTS, now });
  insertBenchSupporters(file, { supporters: SUPPORTERS, identity, now });
  makeGiftsOverdue(file, { giftCount: OVERDUE, now });
  file.close();
  return path;
}

function questions({ identity, now }: Setting): Question[] {
  const find = (text: string) => (db: Db) => searchSupportersAndPayments(db, { text, identity, now: new Date() });
  const page = async (db: Db, id: string, after: Date | null) => {
    await findSupporterRecord(db, { supporterId: id, now });
    return listTimeline(db, { supporterId: id, after: after && { at: after, key: "" } });
  };
  const day = (n: number) => new Date(now.getTime() - n * 7 * 86_400_000);
  const { timeZone } = publication;
  return [
    { name: "search: address", ask: (db, n) => find(benchSupporterEmail(n * 1_731))(db) },
    { name: "search: id of a payment", ask: (db, n) => find(`pi_${n * 7_919}`)(db) },
    { name: "search: id of a customer", ask: (db, n) => find(`cus_R${n * 411}`)(db) },
    {
      name: "search: amount and day",
      ask: (db, n) => {
        const wanted = { money: { amountMinor: 500 + (n % 90) * 50, currency: "USD" as const } };
        return findPaymentsByAmountAndDay(db, { ...wanted, day: day(n).toISOString().slice(0, 10), timeZone });
      },
    },
    { name: "a supporter's page", ask: (db, n) => page(db, benchSupporterId(n * 1_731 + 1), null) },
    { name: "a supporter's page, long history", ask: (db) => page(db, LONG_HISTORY_SUPPORTER.id, null) },
    {
      name: "a supporter's page, long history, an older page",
      ask: (db, n) => page(db, LONG_HISTORY_SUPPORTER.id, new Date(now.getTime() - n * 800_000_000)),
    },
    { name: "a payment's page", ask: (db, n) => findPaymentForStaff(db, `P${n * 7_919}`) },
    ...OVERDUE_GIFTS_SORT_ORDERS.map((order) => ({
      name: `${formatInteger(OVERDUE)} overdue gifts, by ${order}`,
      ask: (db: Db) => listOverdueGifts(db, { order, now: new Date() }),
    })),
    { name: "all overdue gifts as one file", ask: writeOverdue },
  ];
}

async function writeOverdue(db: Db): Promise<void> {
  let rows = 0;
  for await (const part of streamTableAsCsv(
    OVERDUE_EXPORT_COLUMNS,
    listOverdueRows(db, { order: "since", now: new Date() }),
  ))
    for (const byte of part) if (byte === 10) rows += 1;
  if (rows !== OVERDUE + 1) throw new Error(`the file has ${rows - 1} gifts instead of ${OVERDUE}`);
}

async function measure(db: Db, ask: Question["ask"]): Promise<number[]> {
  for (let n = 0; n < WARM_UP; n++) await ask(db, n);
  const tookMs: number[] = [];
  for (let n = 0; n < VIEWS; n++) {
    const startedAt = performance.now();
    await ask(db, n);
    tookMs.push(performance.now() - startedAt);
  }
  return tookMs;
}
