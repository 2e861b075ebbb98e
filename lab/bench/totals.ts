// npm run bench -- totals: measures how long it takes to read the figures for staff from a small and from a large
// ledger.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { addMonths, dayOn } from "../../domain/calendar";
import type { Db } from "../../domain/database";
import { countLapsedSupporters, getRecurringTotalsByState } from "../../domain/newsroom/at-risk";
import { getCohorts } from "../../domain/newsroom/cohorts";
import { getExchangeRates } from "../../domain/newsroom/exchange";
import { getTodayPageFigures } from "../../domain/newsroom/figures";
import { getRecurringChargeForecast } from "../../domain/newsroom/forecast";
import { getGiftSizes } from "../../domain/newsroom/gift-sizes";
import { getIncome } from "../../domain/newsroom/income";
import { listPayments } from "../../domain/newsroom/payment-list";
import { parsePaymentListFilter } from "../../domain/newsroom/payment-view";
import { periodsUntil } from "../../domain/newsroom/periods";
import { getRecurringMovementsPerRange } from "../../domain/newsroom/recurring-value";
import { publication } from "../../publication";
import { openSqlite } from "../../systems/sqlite/open";
import { migrate } from "../../tools/database/migrate.mjs";
import { runStep } from "../../tools/run/console.mjs";
import { REPOSITORY_ROOT } from "../../tools/run/paths.mjs";
import { fillLedger } from "./fill-ledger";
import { THREE_YEARS_MS } from "./ledger-size";
import { describeMachine, formatInteger } from "./report";
import { median, percentile } from "./statistics";

const SIZES = [10_000, 1_000_000];
const WARM_UP = 100;
const VIEWS = 200;
const FOLDER = join(REPOSITORY_ROOT, ".cache/bench-totals");

export async function benchmarkNewsroomFigures(): Promise<string> {
  const lines: string[] = [];
  for (const size of SIZES) {
    const taken = await runStep(`${formatInteger(size)} payments`, () => measure(size));
    for (const [name, { tookMs, workedMs }] of taken) {
      const figures = [median(tookMs), percentile(tookMs, 0.95), median(workedMs)].map((ms) => ms.toFixed(1));
      lines.push(`| ${[formatInteger(size), name, ...figures].join(" | ")} |`);
    }
  }
  return `Written by \`npm run bench -- totals --write\` on ${describeMachine()}: the newsroom's figures on a SQLite ledger, Prisma included, ${VIEWS} times
each. There are a fifth as many supporters and recurring gifts as payments. The figures are read from stored sums (\`Total\`, \`MovementTotal\`, \`RenewalTotal\` …) and from
the first rows of an index. The file has no ANALYZE statistics, because a ledger in use has none.
The last column is the median of the processor time, which other work on the machine changes less than the elapsed time.

| payments | read | median ms | p95 ms | processor ms |
|---|---|---|---|---|
${lines.join("\n")}`;
}

/** Stops the benchmark if a part of the page cannot be loaded: without it, the page would seem too fast. */
function onFailure(part: string, cause: unknown): never {
  throw new Error(`${part} could not be loaded`, { cause });
}

function readsOf(db: Db, now: Date): Record<string, () => Promise<unknown>> {
  const today = dayOn(now, publication.timeZone);
  const months = periodsUntil("month", { until: today, count: 13 });
  const weeks = periodsUntil("week", { until: today, count: 13 });
  const names = periodsUntil("month", { until: today, count: 24 }).map(({ from }) => from.slice(0, 7));
  const month = addMonths(today, 1).slice(0, 7);
  return {
    "the first page": () => getTodayPageFigures(db, { publication, now, onFailure }),
    "income, 13 months": () => getIncome(db, { ranges: months, grouping: "frequency-supporter" }),
    "income, 13 weeks": () => getIncome(db, { ranges: weeks, grouping: "rhythm" }),
    "income by article, a month": () => getIncome(db, { ranges: months.slice(-2), grouping: "article-frequency" }),
    "average and median gift, 13 months": () => getGiftSizes(db, months),
    "movements, 13 months": () => getRecurringMovementsPerRange(db, months),
    "24 cohorts": () => getCohorts(db, names),
    "next month's renewals": () => getRecurringChargeForecast(db, { month, today }),
    "running, paused, overdue, at risk": () => getRecurringTotalsByState(db),
    "lapsed supporters": () => countLapsedSupporters(db, now),
    "exchange rates": () => getExchangeRates(db, publication),
    "the list of payments": () => listPayments(db, listed({})),
    "the list, from the middle": () =>
      listPayments(db, listed({ to: dayOn(new Date(now.getTime() - THREE_YEARS_MS / 2), publication.timeZone) })),
    "the list, with a filter that matches nothing": () => listPayments(db, listed({ currency: "KWD" })),
  };
}

function listed(query: Record<string, string>) {
  return { view: parsePaymentListFilter(query).view, timeZone: publication.timeZone };
}

type Times = { tookMs: number[]; workedMs: number[] };

async function measure(payments: number): Promise<[name: string, times: Times][]> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, "ledger.db");
  await migrate(`file:${path}`);
  const now = new Date();
  const file = new Database(path);
  fillLedger(file, { payments, now });
  file.close();
  const db = await openSqlite(`file:${path}`);
  const taken: [string, Times][] = [];
  for (const [name, read] of Object.entries(readsOf(db, now))) taken.push([name, await timesOf(read)]);
  await db.$disconnect();
  return taken;
}

async function timesOf(read: () => Promise<unknown>): Promise<Times> {
  for (let n = 0; n < WARM_UP; n++) await read();
  const times: Times = { tookMs: [], workedMs: [] };
  for (let n = 0; n < VIEWS; n++) {
    const before = { at: performance.now(), cpu: process.cpuUsage() };
    await read();
    times.tookMs.push(performance.now() - before.at);
    const { user, system } = process.cpuUsage(before.cpu);
    times.workedMs.push((user + system) / 1_000);
  }
  return times;
}
