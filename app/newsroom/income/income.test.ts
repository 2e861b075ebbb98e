// The tests compute the expected amounts from the database rows in a slower and simpler way than the site
// (domain/newsroom/testing/slow-figures.ts).
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { periodsUntil } from "@/domain/newsroom/periods";
import {
  type LoadedLedgerRows,
  slowlyComputedIncome,
  slowlyComputedNewOrReturning,
  slowlyComputedPaymentAmounts,
} from "@/domain/newsroom/testing/slow-figures";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import type { Db } from "@/systems/database";
import { runInRequestOfTestBrowser, statusOfRedirectOrNotFound } from "@/systems/testing/request-scope";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { signInForTests } from "@/systems/testing/sign-in-for-tests";
import { type StaffBrowser, showPage } from "@/systems/testing/staff-browser";
import { openMultiYearLedgerFixture, STAFF_EMAIL, YEARS_FIXTURE_TODAY } from "@/systems/testing/years-fixture";
import { GET } from "./[table]/route";
import IncomePage from "./page";

type Query = Record<string, string>;
type Row = Record<string, string>;

let db: Db;
let raw: LoadedLedgerRows;
let desk: StaffBrowser;

beforeAll(async () => {
  ({ db, raw, desk } = await openMultiYearLedgerFixture({ people: 14 }));
});
afterAll(() => vi.useRealTimers());

async function show(query: Query = {}): Promise<{ html: string; text: string }> {
  const shown = await showPage(desk, IncomePage, { query });
  if (typeof shown !== "object" || !("html" in shown)) throw new Error(`not a page: ${JSON.stringify(shown)}`);
  return { html: shown.html, text: shown.text.replaceAll("&#x27;", "'") };
}

function download(table: string, query: Query = {}, session = desk.session): Promise<Response> {
  const request = new Request(`http://127.0.0.1:3000/newsroom/income/${table}?${new URLSearchParams(query)}`);
  return runInRequestOfTestBrowser({ session }, () => GET(request, { params: Promise.resolve({ table }) }));
}

/**
 * Downloads a table and returns its rows by column name. Splits at every comma. In a row with exchange rates, this cuts
 * off `rates` at its first comma and makes `covered` wrong.
 */
async function rowsOf(table: string, query: Query = {}): Promise<Row[]> {
  const [head = "", ...lines] = (await (await download(table, query)).text()).split("\r\n").filter(Boolean);
  const columns = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, n) => [columns[n] ?? "", cell])));
}

const isZero = (text: string) => /^-?[0.]*$/.test(text);
const digits = (text: string) => text.replace(".", "").replace(/^(-?)0+(?=\d)/, "$1");

/** Returns the rows of kind "exact" in the format of slowlyComputedIncome(). */
function sumsOf(rows: readonly Row[]): Record<string, Row> {
  const sums: Record<string, Row> = {};
  for (const row of rows.filter(({ kind }) => kind === "exact")) {
    const key = `${row.from} ${row.part}|${row.currency}`;
    const own = sums[key] ?? {};
    sums[key] = own;
    const named = [
      ...["payments", "gross", "returned", "kept", "covered"].map((name) => [name, row[name] ?? ""] as const),
      [`fees ${row.settled_currency}`, row.fees ?? ""] as const,
      [`net ${row.settled_currency}`, row.net ?? ""] as const,
    ];
    for (const [name, value] of named) if (!isZero(value)) own[name] = digits(value);
  }
  return sums;
}

function slowSums(
  ranges: readonly { from: string; to: string }[],
  of: (payment: LoadedLedgerRows["payments"][number]) => string,
) {
  const named = ranges.flatMap((range) =>
    [...slowlyComputedIncome(raw, range, of)].map(([key, sums]) => [`${range.from} ${key}`, sums] as const),
  );
  return Object.fromEntries(named.filter(([, sums]) => Object.keys(sums).length > 0));
}

test.each([
  ["month", 13],
  ["week", 26],
  ["day", 31],
] as const)("the CSV file of income by %s has the exact sums of each currency", async (step, count) => {
  const rows = await rowsOf("steps.csv", { step });
  const ranges = periodsUntil(step, { until: YEARS_FIXTURE_TODAY, count });
  const slow = slowSums(ranges, () => "");
  expect(sumsOf(rows)).toEqual(slow);
  expect(Object.keys(slow).length).toBeGreaterThan(step === "day" ? 3 : 20);
  expect(rows.filter(({ kind }) => kind === "converted")).toHaveLength(count);
});

const PART_OF: Record<string, (payment: LoadedLedgerRows["payments"][number]) => string> = {
  rhythm: ({ frequency }) => (frequency === "once" ? "once" : "recurring"),
  supporter: (payment) => slowlyComputedNewOrReturning(raw, payment),
  article: ({ article }) => article ?? "",
  appeal: ({ appeal }) => appeal ?? "",
  variant: ({ appeal, variant }) => `${appeal ?? ""}/${variant ?? ""}`,
  placement: ({ placement }) => placement ?? "",
  currency: ({ currency }) => currency,
};

test.each(Object.entries(PART_OF))("income by %s is exact, and sorted by net", async (dimension, of) => {
  const rows = await rowsOf(`${dimension}.csv`, { step: "month", until: "2026-10-15" });
  const slow = slowSums([{ from: "2026-10-01", to: "2026-10-31" }], of);
  expect(sumsOf(rows)).toEqual(slow);
  expect(Object.keys(slow).length).toBeGreaterThan(2);
  const net = rows.filter(({ kind }) => kind === "converted").map((row) => Number(row.net));
  expect(net).toEqual(net.toSorted((a, b) => b - a));
});

test("an unfinished period is compared with the same number of days of the previous period, and of a year earlier", async () => {
  const rows = await rowsOf("compared.csv", { step: "month" });
  const ranges = {
    period: ["2026-11-01", YEARS_FIXTURE_TODAY],
    before: ["2026-10-01", "2026-10-19"],
    "year-before": ["2025-11-01", "2025-11-19"],
  };
  const slow = Object.entries(ranges).flatMap(([part, [from = "", to = ""]]) =>
    Object.entries(slowSums([{ from, to }], () => part)),
  );
  expect(sumsOf(rows)).toEqual(Object.fromEntries(slow));
  const { text } = await show();
  expect(text).toContain("Nov 1 – 19, 2026, so far");
  expect(text).toContain("Before: Oct 1 – 19, 2026");
});

test("a converted sum is the currency's exact sum at the rate shown beside it", async () => {
  const rows = await rowsOf("currency.csv", { step: "month", until: "2026-10-15" });
  const converted = rows.filter(({ kind }) => kind === "converted");
  expect(converted.length).toBeGreaterThan(2);
  for (const row of converted.filter(({ part }) => part !== "EUR")) {
    const exact = rows.find(({ kind, part }) => kind === "exact" && part === row.part);
    const rate =
      row.part === "USD"
        ? 1
        : Number(new RegExp(`${row.part} ([\\d.]+) \\(20\\d\\d-\\d\\d-\\d\\d`).exec(row.rates ?? "")?.[1]);
    expect(Math.abs(Number(exact?.gross) * rate - Number(row.gross)), row.part).toBeLessThan(0.02);
  }
  // Stripe never converted euros, so converted amounts leave them out, and the page says so.
  expect(converted.find(({ part }) => part === "EUR")).toMatchObject({ gross: "0.00", rates: "EUR: no rate" });
  const { text } = await show({ until: "2026-10-15" });
  expect(text).toContain("No rate is known for EUR");
  expect(text).toMatch(/1 (GBP|JPY|KWD) = [\d.]+ USD \(Stripe’s conversion, [A-Z][a-z]{2} \d+, 2026\)/);
});

test("a chosen currency leaves out gifts in other currencies, and needs no rate", async () => {
  const rows = await rowsOf("steps.csv", { currency: "EUR" });
  const own = slowSums(periodsUntil("month", { until: YEARS_FIXTURE_TODAY, count: 13 }), () => "");
  const inEuros = Object.fromEntries(Object.entries(own).filter(([key]) => key.endsWith("|EUR")));
  expect(sumsOf(rows)).toEqual(inEuros);
  const converted = rows.filter(({ kind }) => kind === "converted");
  for (const row of converted) expect([row.currency, row.rates]).toEqual(["EUR", ""]);
  expect(converted.reduce((sum, row) => sum + BigInt(digits(row.gross ?? "")), 0n)).toBe(
    Object.values(inEuros).reduce((sum, each) => sum + BigInt(each.gross ?? 0), 0n),
  );
});

test("average and median equal those computed from the payments", async () => {
  const rows = await rowsOf("sizes.csv", { until: "2026-10-15", compare: "none" });
  const slow = [...slowlyComputedPaymentAmounts(raw, { from: "2026-10-01", to: "2026-10-31" })].map(
    ([name, amounts]) => {
      const average = Math.round(amounts.reduce((sum, each) => sum + Number(each), 0) / amounts.length);
      return [name, amounts.length, average, Number(amounts[Math.ceil(amounts.length / 2) - 1])].map(String);
    },
  );
  const ours = rows.map(({ currency, frequency, payments, average, median }) => [
    `${currency} ${frequency}`,
    ...[payments ?? "", digits(average ?? ""), digits(median ?? "")],
  ]);
  expect(ours.sort()).toEqual(slow.sort());
  expect(ours.length).toBeGreaterThan(3);
});

test("the chart's bars have the heights of the net amounts in its table, and the table equals the file", async () => {
  const { html } = await show({ compare: "none" });
  const net = (await rowsOf("steps.csv")).filter(({ kind }) => kind === "converted").map((row) => Number(row.net));
  const [, area = ""] = /<svg class="chart-area".*?>(.*?)<\/svg>/s.exec(html) ?? [];
  const heights = [...area.matchAll(/chart-tone-1"[^>]*height="([\d.]+)%"/g)].map(([, height]) => Number(height));
  expect(heights).toHaveLength(net.length);
  const most = Math.max(...net);
  const tallest = Math.max(...heights);
  for (const [n, height] of heights.entries()) expect(height / tallest).toBeCloseTo(Math.abs(net[n] ?? 0) / most, 2);
  const inDollars = (value: number) => value.toLocaleString("en", { style: "currency", currency: "USD" });
  for (const value of net) expect(html).toContain(`>${inDollars(value).replace("-", "−")}<`);
});

test("the URL contains the whole view, and the page's form, links and CSV links keep it", async () => {
  const query = { step: "week", until: "2026-10-14", compare: "before", currency: "GBP" };
  const { html } = await show(query);
  for (const [name, value] of Object.entries({ step: "week", compare: "before", currency: "GBP" }))
    expect(html).toMatch(new RegExp(`<select[^>]* name="${name}">.*?<option value="${value}" selected="">`));
  expect(html).toContain('value="2026-10-14"');
  const address = (more: Query) => `?${new URLSearchParams({ ...query, ...more })}`.replaceAll("&", "&amp;");
  expect(html).toContain(`href="/newsroom/income${address({ until: "2026-10-11" })}"`);
  expect(html).toContain(`href="/newsroom/income${address({ until: "2026-10-19" })}"`);
  expect(html).toContain(`href="/newsroom/income/steps.csv${address({})}"`);
  expect(html).toContain(`href="/newsroom/income${address({ step: "day", until: "2026-10-18" })}"`);
});

test.each(["2026-02-30", "yesterday", "2026-11-20", '"><script>alert(1)</script>'])(
  "says beside the field that %s is not a date up to today, keeps what was typed, and shows today's period",
  async (until) => {
    const { html, text } = await show({ until, step: "day" });
    expect(text).toContain("is not a date up to today");
    expect(html).toContain("aria-invalid");
    expect(html).not.toContain("<script>");
    expect(text).toContain("Nov 19, 2026, so far");
  },
);

test("an unknown step, comparison or currency is treated as the default", async () => {
  const odd = await show({ step: "century", compare: "mars", currency: "XXX" });
  expect(odd.html).toBe((await show()).html);
});

test("the page works for a period without income, and for an empty ledger", async () => {
  expect((await show({ until: "2015-05-05" })).text).toContain("Nothing in this time.");
  const empty = await openEmptyLedger();
  setRuntimeDatabase(empty);
  onTestFinished(() => setRuntimeDatabase(db));
  const own = { session: await signInForTests(empty, STAFF_EMAIL, { codeAgeMinutes: 0 }), note: "" };
  const shown = await showPage(own, IncomePage);
  expect(JSON.stringify(shown)).toContain("Nothing in this time.");
  expect(JSON.stringify(shown)).not.toMatch(/NaN|could not be shown/);
});

test("every CSV file needs the page's right, and an unknown file is a 404", async () => {
  expect((await download("steps.csv")).headers.get("content-disposition")).toBe(
    'attachment; filename="income-steps-month-2026-11-19.csv"',
  );
  for (const table of ["nothing.csv", "steps", "../steps.csv"])
    expect(await download(table).catch((error) => statusOfRedirectOrNotFound(error).status)).toBe(404);
  const stranger = await signInForTests(db, "reader@example.org", { codeAgeMinutes: null });
  expect(await download("steps.csv", {}, stranger).catch((error) => statusOfRedirectOrNotFound(error).status)).toBe(
    404,
  );
});

test("an article whose id is a formula does not run in a spreadsheet", async () => {
  await db.$executeRaw`UPDATE "Total" SET "value" = REPLACE("value", 'a_1', '=cmd()') WHERE "by" = 'article'`;
  const csv = await (await download("article.csv", { until: "2026-10-15" })).text();
  expect(csv).toContain(",'=cmd(),");
  expect(csv).not.toContain(",=cmd()");
});
