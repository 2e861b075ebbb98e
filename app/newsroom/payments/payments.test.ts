import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { paymentStandingOf } from "@/domain/ledger/payment-standing";
import { listPayments } from "@/domain/newsroom/payment-list";
import {
  PAYMENT_STANDINGS,
  type PaymentListFilter,
  parsePaymentListFilter,
  paymentListFilterQueryString,
} from "@/domain/newsroom/payment-view";
import type { Payment } from "@/generated/sqlite/client";
import type { Db } from "@/systems/database";
import { runInRequestOfTestBrowser } from "@/systems/testing/request-scope";
import { type StaffBrowser, showPage } from "@/systems/testing/staff-browser";
import { openMultiYearLedgerFixture } from "@/systems/testing/years-fixture";
import TodayPage from "../page";
import PaymentsPage from "./page";
import { GET } from "./payments.csv/route";

let db: Db;
let desk: StaffBrowser;
let rows: Payment[];

beforeAll(async () => {
  ({ db, desk } = await openMultiYearLedgerFixture({ people: 22 }));
  // Adds seven payments at the time of the 47th newest payment, so that the list's first page ends between payments of
  // the same time. One of the seven was partly refunded and disputed.
  const newest = await db.payment.findMany({ orderBy: [{ paidAt: "desc" }, { id: "desc" }], take: 47 });
  const { paidAt } = newest.at(-1) as Payment;
  const statuses = ["succeeded", "pending", "failed", "succeeded", "pending", "succeeded", "failed"];
  for (const [n, status] of statuses.entries())
    await db.payment.create({
      data: {
        ...{
          // A payment gets an id of this form if another payment already has its receipt number.
          id: `same~${n}`,
          status,
          amountMinor: 900n,
          currency: "USD",
          frequency: "once",
          paidAt,
          recordedAt: paidAt,
        },
        ...{ refundedMinor: n === 3 ? 100n : 0n, disputedMinor: n === 3 ? 200n : 0n },
      },
    });
  rows = (await db.payment.findMany()).sort((a, b) => Number(b.paidAt) - Number(a.paidAt) || (a.id < b.id ? 1 : -1));
});
afterAll(() => vi.useRealTimers());

async function show(query: Record<string, string> = {}): Promise<{ html: string; text: string }> {
  const shown = await showPage(desk, PaymentsPage, { query });
  if (typeof shown !== "object" || !("html" in shown)) throw new Error(`not a page: ${JSON.stringify(shown)}`);
  return shown;
}

const idsIn = (html: string) => [...html.matchAll(/href="\/newsroom\/payments\/([^"?]+)"/g)].map(([, id]) => id);

function linkIn(html: string, words: string): Record<string, string> | null {
  const [, query] = new RegExp(`href="/newsroom/payments\\?([^"]*)">${words}<`).exec(html) ?? [];
  return query === undefined ? null : Object.fromEntries(new URLSearchParams(query.replaceAll("&amp;", "&")));
}

test("the pages show every payment once, newest first, and link back to the newest", async () => {
  const seen: (string | undefined)[] = [];
  let query: Record<string, string> | null = {};
  let html = "";
  while (query) {
    ({ html } = await show(query));
    seen.push(...idsIn(html));
    expect(seen.length, "no link leads back").toBeLessThanOrEqual(rows.length);
    query = linkIn(html, "Older payments");
  }
  expect(rows.length).toBeGreaterThan(150);
  expect(rows[49]?.paidAt, "the first page ends within a moment").toEqual(rows[50]?.paidAt);
  expect(seen).toEqual(rows.map(({ id }) => id));
  expect(linkIn(html, "Newest")).toEqual({});
});

test("each filter lists all payments that match it, even if a page searches only a few rows", async () => {
  const timeZone = "Europe/Moscow";
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  const choices = [
    ...["", ...PAYMENT_STANDINGS].flatMap((state) =>
      ["", "once", "recurring"].map((kind) => ({ state, kind, currency: "" })),
    ),
    ...currencies.map((currency) => ({ state: "kept", kind: "once", currency })),
    { state: "", kind: "", currency: "USD" },
  ];
  for (const { state, kind, currency } of choices) {
    const fits = (row: Payment) =>
      (!state || paymentStandingOf(row).standing === state) &&
      (!currency || row.currency === currency) &&
      (!kind || (row.frequency === "once") === (kind === "once"));
    const { view } = parsePaymentListFilter({ state, currency, kind });
    const slow = rows.filter(fits).map(({ id }) => id);
    expect(await listAll(view, timeZone), `${state} ${currency} ${kind}`).toEqual(slow);
  }
  const standings = new Set(rows.map((row) => paymentStandingOf(row).standing));
  expect(standings.size).toBe(PAYMENT_STANDINGS.length);
});

/**
 * Returns the ids of the payments on all pages of the list. `scan`: if the filter makes the list skip payments, each
 * page reads at most about 23 payments of each status. That is fewer than a page can show.
 */
async function listAll(view: PaymentListFilter, timeZone: string): Promise<string[]> {
  const page = await listPayments(db, { view, timeZone, scan: 23 });
  const ids = page.payments.map(({ id }) => id);
  if (!page.next) return ids;
  const link = new URLSearchParams(paymentListFilterQueryString({ ...view, after: page.next }));
  const { view: next } = parsePaymentListFilter(Object.fromEntries(link));
  expect(next.after, "the link continues from there").toEqual(page.next);
  return [...ids, ...(await listAll(next, timeZone))];
}

test("a filter by days uses the newsroom's time zone and includes both days", async () => {
  const utc = (at: Date) => at.toISOString().slice(0, 10);
  const moscow = (at: Date) => utc(new Date(at.getTime() + 3 * 3_600_000));
  const kept = rows.filter((row) => paymentStandingOf(row).standing === "kept");
  const late = kept.find(({ paidAt }) => moscow(paidAt) !== utc(paidAt)) as Payment;
  const day = moscow(late.paidAt);
  const { html } = await show({ from: day, to: day, state: "kept" });
  const slow = kept.filter(({ paidAt }) => moscow(paidAt) === day);
  expect(slow.length).toBeGreaterThan(0);
  expect(idsIn(html)).toEqual(slow.map(({ id }) => id));
});

test("an invalid day is refused with an error next to its field, and stays as it was typed", async () => {
  const { html, text } = await show({ from: "2026-02-30", to: "2026-03-01" });
  expect(text).toContain("Write the day as year, month and day");
  expect(html).toContain('value="2026-02-30"');
  expect(idsIn(html)).toEqual([]);
  expect((await show({ from: "2026-03-02", to: "2026-03-01" })).text).toContain("The last day is before the first.");
  expect((await show({ after: "made up" })).html).toBe((await show()).html);
});

test("an invalid cursor starts the list at the top", () => {
  const cursorOf = (id: string) => parsePaymentListFilter({ after: `2026-01-01T00:00:00.000Z ${id}` }).view.after;
  expect(cursorOf("G51S-TFRD-FPX1-N")).toEqual({ paidAt: new Date("2026-01-01T00:00:00Z"), id: "G51S-TFRD-FPX1-N" });
  // PostgreSQL refuses a text with a NUL character, so a cursor with such an id must be ignored.
  for (const id of ["a\u0000", "a'", "a b"]) expect(cursorOf(id), id).toBeNull();
});

test("the CSV file has every payment that matches the filter and no supporter ids, and the log records the download", async () => {
  const chosen = "state=kept&currency=USD";
  const request = new Request(`http://127.0.0.1:3000/newsroom/payments/payments.csv?${chosen}`);
  const csv = await (await runInRequestOfTestBrowser(desk, () => GET(request))).text();
  const slow = rows.filter((row) => row.currency === "USD" && paymentStandingOf(row).standing === "kept");
  const [head, ...lines] = csv.trim().split(/\r?\n/);
  expect(head).toContain("receipt,day,time_utc,currency,amount,kept,frequency,state,article");
  expect(lines.map((line) => line.split(",")[2])).toEqual(slow.map(({ paidAt }) => paidAt.toISOString()));
  const sum = (cells: (string | undefined)[]) => cells.reduce((all, cell) => all + Math.round(Number(cell) * 100), 0);
  expect(sum(lines.map((line) => line.split(",")[5]))).toBe(
    slow.reduce((all, row) => all + Number(row.amountMinor), 0),
  );
  for (const { supporterId } of rows) if (supporterId) expect(csv).not.toContain(supporterId);
  const act = await db.act.findFirstOrThrow({ where: { kind: "payments-exported" } });
  expect(JSON.parse(act.after ?? "")).toEqual({ filter: chosen });
});

test("the newsroom's first page shows the five newest payments, and links to all payments", async () => {
  const shown = await showPage(desk, TodayPage);
  if (typeof shown !== "object" || !("html" in shown)) throw new Error("no first page");
  const latest = shown.html.slice(shown.html.indexOf("latest-payments"));
  expect(idsIn(latest)).toEqual(rows.slice(0, 5).map(({ id }) => id));
  expect(latest).toContain('href="/newsroom/payments"');
});
