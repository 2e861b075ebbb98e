import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { periodsUntil } from "@/domain/newsroom/periods";
import type { LoadedLedgerRows } from "@/domain/newsroom/testing/slow-figures";
import type { GeneratedYearsOfGifts } from "@/domain/newsroom/testing/years";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { runInRequestOfTestBrowser, statusOfRedirectOrNotFound } from "@/systems/testing/request-scope";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { signInForTests } from "@/systems/testing/sign-in-for-tests";
import { type StaffBrowser, showPage } from "@/systems/testing/staff-browser";
import { openMultiYearLedgerFixture, STAFF_EMAIL, YEARS_FIXTURE_TODAY } from "@/systems/testing/years-fixture";
import { GET } from "./[table]/route";
import RecurringPage from "./page";
import RecurringListPage from "./rows/[list]/page";

type Query = Record<string, string>;
type Row = Record<string, string>;

let db: Db;
let raw: LoadedLedgerRows;
let years: GeneratedYearsOfGifts;
let desk: StaffBrowser;

beforeAll(async () => {
  ({ db, raw, years, desk } = await openMultiYearLedgerFixture({ people: 14 }));
});
afterAll(() => vi.useRealTimers());

async function show(query: Query = {}): Promise<{ html: string; text: string }> {
  const shown = await showPage(desk, RecurringPage, { query });
  if (typeof shown !== "object" || !("html" in shown)) throw new Error(`not a page: ${JSON.stringify(shown)}`);
  return { html: shown.html, text: shown.text.replaceAll("&#x27;", "'") };
}

function download(table: string, query: Query = {}, session = desk.session): Promise<Response> {
  const request = new Request(`http://127.0.0.1:3000/newsroom/recurring/${table}?${new URLSearchParams(query)}`);
  return runInRequestOfTestBrowser({ session }, () => GET(request, { params: Promise.resolve({ table }) }));
}

async function rowsOf(table: string, query: Query = {}): Promise<Row[]> {
  const text = await (await download(table, query)).text();
  const [head = "", ...lines] = text
    .replace(/^\uFEFF/, "")
    .split("\r\n")
    .filter(Boolean);
  const columns = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, n) => [columns[n] ?? "", cell])));
}

const minor = (text = "") => Number(text.replace(".", ""));

test("movements.csv counts every movement of the test data, and each month adds up exactly", async () => {
  const rows = await rowsOf("movements.csv", { months: "24" });
  const months = periodsUntil("month", { until: YEARS_FIXTURE_TODAY, count: 24 });
  const movedIn = (kind: string, currency: string, from: string, to: string) =>
    years.movements.filter(
      (each) =>
        each.kind === kind && each.currency === currency && raw.dayOf(each.at) >= from && raw.dayOf(each.at) <= to,
    );
  expect(new Set(rows.map(({ from }) => from))).toEqual(new Set(months.map(({ from }) => from)));
  let counted = 0;
  for (const row of rows.filter(({ movement }) => movement !== "start" && movement !== "end")) {
    const own = movedIn(row.movement ?? "", row.currency ?? "", row.from ?? "", row.to ?? "");
    const sum = own.reduce((total, { yearMinor }) => total + yearMinor, 0);
    expect([row.from, row.movement, Number(row.movements), minor(row.value_a_year)]).toEqual([
      ...[row.from, row.movement, own.length, sum],
    ]);
    counted += own.length;
  }
  expect(counted).toBeGreaterThan(30);
  for (const end of rows.filter(({ movement }) => movement === "end")) {
    const before = rows.filter(
      ({ from, currency, movement }) => from === end.from && currency === end.currency && movement !== "end",
    );
    expect(before.reduce((sum, { value_a_year: value }) => sum + minor(value), 0)).toBe(minor(end.value_a_year));
    const expected = years.movements.filter(
      ({ currency, at }) => currency === end.currency && raw.dayOf(at) <= (end.to ?? ""),
    );
    expect(minor(end.value_a_year)).toBe(expected.reduce((sum, { yearMinor }) => sum + yearMinor, 0));
  }
});

test("the total value converts each currency's exact value at the rate shown beside it", async () => {
  const { text } = await show();
  const ends = (await rowsOf("movements.csv")).filter(
    ({ from, movement }) => from === "2026-11-01" && movement === "end",
  );
  let sum = 0;
  for (const { currency, value_a_year: value } of ends) {
    const rate = currency === "USD" ? 1 : Number(new RegExp(`1 ${currency} = ([\\d.]+) USD`).exec(text)?.[1] ?? 0);
    sum += (Number(value) * rate) / 12;
  }
  const shown = /Value a month\s*\$([\d,.]+)/.exec(text)?.[1]?.replaceAll(",", "");
  expect(sum).toBeGreaterThan(1);
  expect(Math.abs(Number(shown) - sum)).toBeLessThan(0.05);
  expect(text).toContain("No rate is known for EUR");
});

test("the cells of a cohort count the gifts that were not lost by the end of each whole month", async () => {
  const rows = await rowsOf("cohorts.csv", { months: "24" });
  const monthOf = (at: Date) => raw.dayOf(at).slice(0, 7);
  expect(rows.some(({ month }) => month === "2026-11")).toBe(false);
  expect(rows.some(({ lost }) => Number(lost) > 0)).toBe(true);
  for (const { cohort, month = "", began, kept } of rows) {
    const members = years.movements.filter(({ kind, at }) => kind === "new" && monthOf(at) === cohort);
    const isLost = (id: string) =>
      years.movements
        .filter((each) => each.subscriptionId === id && /lost|recovered/.test(each.kind) && monthOf(each.at) <= month)
        .at(-1)?.kind === "lost";
    const left = members.filter(({ subscriptionId }) => !isLost(subscriptionId));
    expect([cohort, month, Number(began), Number(kept)]).toEqual([cohort, month, members.length, left.length]);
  }
  const { html } = await show({ months: "24" });
  const cells = [...html.matchAll(/class="figure heat-\d">([^<]*)</g)].map(([, text]) => text);
  expect(cells).toEqual(rows.map(({ began, kept }) => `${Math.round((Number(kept) / Number(began)) * 100)}%`));
});

/**
 * Returns how often a gift is charged in December 2026. Works only for charge days up to the 28th, which all generated
 * gifts have.
 */
function timesInDecember({ chargesNextAt, frequency }: LoadedLedgerRows["gifts"][number]): number {
  if (!chargesNextAt) return 0;
  const [year = 0, month = 0, day = 0] = raw.dayOf(chargesNextAt).split("-").map(Number);
  const monthsAway = (2026 - year) * 12 + 12 - month;
  const every = { monthly: 1, "every-3-month": 3, yearly: 12 }[frequency];
  if (every) return monthsAway >= 0 && monthsAway % every === 0 ? 1 : 0;
  let times = 0;
  for (let at = Date.UTC(year, month - 1, day); at < Date.UTC(2027, 0, 1); at += 7 * 86_400_000)
    if (at >= Date.UTC(2026, 11, 1)) times += 1;
  return times;
}

test("next month's forecast is a plain sentence, and the CSV file has its exact sums", async () => {
  const rows = await rowsOf("forecast.csv");
  const exact = rows.filter(({ kind }) => kind === "exact");
  const [converted] = rows.filter(({ kind }) => kind === "converted");
  expect(exact.length).toBeGreaterThan(1);
  for (const { currency, charges, scheduled } of exact) {
    const planned = raw.gifts
      .filter((gift) => gift.currency === currency)
      .map((gift) => ({ times: timesInDecember(gift), amount: Number(gift.amountMinor) }));
    expect([currency, Number(charges), minor(scheduled)]).toEqual([
      currency,
      planned.reduce((sum, { times }) => sum + times, 0),
      planned.reduce((sum, { times, amount }) => sum + times * amount, 0),
    ]);
  }
  expect(exact.reduce((sum, { charges }) => sum + Number(charges), 0)).toBe(Number(converted?.charges));
  for (const { low, expected, high, scheduled } of rows) {
    expect(Number(low)).toBeLessThanOrEqual(Number(expected));
    expect(Number(expected)).toBeLessThanOrEqual(Number(high));
    expect(Number(high)).toBeLessThanOrEqual(Number(scheduled));
  }
  const { text } = await show();
  expect(text).toMatch(
    /December 2026 should bring about \$[\d,.]+ from \d+ renewals: \$[\d,.]+ if as many fail as in the worst of the last 12 whole months/,
  );
  expect(text).toContain(`from ${converted?.charges} renewals`);
});

test("the standings of gifts are counted as in the ledger's rows", async () => {
  const rows = await rowsOf("standings.csv");
  const STATUSES = { running: ["active"], paused: ["paused"], overdue: ["past_due", "unpaid"] };
  for (const [standing, statuses] of Object.entries(STATUSES)) {
    const ours = rows.filter((row) => row.standing === standing).reduce((sum, { gifts }) => sum + Number(gifts), 0);
    expect([standing, ours]).toEqual([standing, raw.gifts.filter(({ status }) => statuses.includes(status)).length]);
  }
  expect(rows.some(({ gifts }) => Number(gifts) > 1)).toBe(true);
});

test("the URL contains the view, and the form and the CSV links keep it", async () => {
  const { html } = await show({ until: "2026-06", months: "24", currency: "GBP" });
  expect(html).toContain('<input type="hidden" name="until" value="2026-06"/>');
  expect(html).toContain('href="/newsroom/recurring?until=2024-06&amp;months=24&amp;currency=GBP"');
  expect(html).toContain('href="/newsroom/recurring?until=2026-11&amp;months=24&amp;currency=GBP"');
  expect(html).toContain('href="/newsroom/recurring/movements.csv?until=2026-06&amp;months=24&amp;currency=GBP"');
  const rows = await rowsOf("movements.csv", { until: "2026-06", months: "24", currency: "GBP" });
  expect(new Set(rows.map(({ currency }) => currency))).toEqual(new Set(["GBP"]));
  expect(rows.at(-1)?.to).toBe("2026-06-30");
});

test("a change has the same name in the table's heads and in the links to the definitions", async () => {
  const { html } = await show();
  for (const name of ["Came back", "Newly paused", "Recovered", "Lost"]) {
    expect(html).toMatch(new RegExp(`<th[^>]*>${name}</th>`));
    expect(html).toMatch(new RegExp(`<a[^>]*>${name}</a>`));
  }
});

test("a single currency is shown without a conversion rate", async () => {
  expect((await show({ currency: "all" })).text).toContain("Converted at");
  expect((await show({ currency: "GBP" })).text).not.toContain("Converted at");
});

test("an unknown month, length or currency is treated as the default", async () => {
  const plain = (await show()).html;
  for (const until of ["2026-12", "2026-13", '"><script>', "yesterday"])
    expect((await show({ until, months: "7", currency: "XXX" })).html).toBe(plain);
});

/** Signs in a colleague with the role "viewer", who sees totals but no data about single supporters. */
async function viewersDesk(): Promise<StaffBrowser> {
  const email = "viewer@example.org";
  const at = new Date(`${YEARS_FIXTURE_TODAY}T08:00:00Z`);
  const address = identityCrypto().sealAddress(email);
  if (!address) throw new Error(`${email} is not a valid e-mail address`);
  const row = { ...address, id: "viewer", role: "viewer", since: at, acceptedAt: at, invitedUntil: at };
  await db.staff.upsert({ where: { id: "viewer" }, create: row, update: {} });
  return { session: await signInForTests(db, email, { codeAgeMinutes: 0 }), note: "" };
}

test("only colleagues who may open gifts' pages get links to them", async () => {
  await db.failedAttempt.create({
    data: {
      ...{ key: "in_linked:1", subscriptionId: raw.gifts[0]?.subscriptionId ?? "", amountMinor: 500n, currency: "USD" },
      ...{
        isRenewal: true,
        failedAt: new Date(`${YEARS_FIXTURE_TODAY}T10:00:00Z`),
        recordedAt: new Date(`${YEARS_FIXTURE_TODAY}T10:00:00Z`),
      },
    },
  });
  const gift = await db.recurringGift.findUniqueOrThrow({
    where: { subscriptionId: raw.gifts[0]?.subscriptionId ?? "" },
  });
  expect((await show()).html).toContain(`href="/newsroom/gifts/${gift.id}"`);
  expect((await rowsOf("failed.csv")).map(({ invoice }) => invoice)).toContain("in_linked");
  const viewer = await showPage(await viewersDesk(), RecurringPage);
  expect(JSON.stringify(viewer)).toContain("in_linked");
  expect(JSON.stringify(viewer)).not.toMatch(/newsroom\/(gifts|people|recurring\/rows)\//);
});

test("failed.csv has all failed renewals, even those with the same time, and the page shows at most fifteen", async () => {
  const subscriptionId = raw.gifts[0]?.subscriptionId ?? "";
  const at = new Date(`${YEARS_FIXTURE_TODAY}T09:00:00Z`);
  const own = { subscriptionId, amountMinor: 500n, currency: "USD", isRenewal: true, recordedAt: at };
  const data = Array.from({ length: 2_100 }, (_, n) => ({
    ...{ ...own, key: `in_many${n}:1`, failedAt: n < 1_500 ? at : new Date(at.getTime() - n * 1_000) },
  }));
  await db.failedAttempt.createMany({ data });
  onTestFinished(async () => {
    await db.failedAttempt.deleteMany({ where: { key: { startsWith: "in_many" } } });
  });
  const invoices = (await rowsOf("failed.csv")).map(({ invoice }) => String(invoice));
  expect(new Set(invoices).size).toBe(invoices.length);
  expect(invoices.filter((invoice) => invoice.startsWith("in_many"))).toHaveLength(2_100);
  expect((await show()).html.match(/in_many\d+/g)?.length).toBeLessThanOrEqual(2 * 15);
});

const LISTS = ["ended", "card-ending", "lapsed"] as const;
const openList = (own: StaffBrowser, list: string) =>
  showPage(own, RecurringListPage as Parameters<typeof showPage>[1], { params: { list } });

test("the rows behind a count are those of the ledger, newest first, and show no e-mail address", async () => {
  const DAY = 86_400_000;
  const now = new Date(`${YEARS_FIXTURE_TODAY}T15:00:00Z`).getTime();
  const [first, second] = await db.recurringGift.findMany({
    where: { status: "active", chargesNextAt: { not: null } },
  });
  for (const [days, gift] of [first, second].entries())
    await db.recurringGift.create({
      data: {
        ...{ id: `ended-${days}`, subscriptionId: `sub_ended_${days}`, amountMinor: 700n, currency: "USD" },
        ...{ frequency: gift?.frequency ?? "monthly", status: "canceled", endReason: "payment_failed" },
        ...{ endedAt: new Date(now - (days + 1) * DAY), recordedAt: new Date(now) },
      },
    });
  await db.recurringGift.update({
    where: { id: first?.id ?? "" },
    data: { cardExpiresAt: first?.chargesNextAt, cancelAt: null },
  });
  const longAgo = await db.supporter.findFirstOrThrow({ where: { lastPaidAt: { not: null } } });
  await db.supporter.update({ where: { id: longAgo.id }, data: { lastPaidAt: new Date(now - 401 * DAY) } });
  const gifts = await db.recurringGift.findMany();
  const ended = gifts
    .filter(({ endedAt }) => endedAt && endedAt.getTime() >= now - 90 * DAY)
    .sort((a, b) => Number(b.endedAt) - Number(a.endedAt));
  const ending = gifts.filter(
    ({ status, cancelAt, cardExpiresAt: ends, chargesNextAt: next }) =>
      status === "active" && !cancelAt && ends && next && ends <= next,
  );
  const lapsed = (await db.supporter.findMany()).filter(
    ({ lastPaidAt }) => lastPaidAt && lastPaidAt.getTime() < now - 400 * DAY,
  );
  const idsOn = async (list: string) => {
    const { html } = (await openList(desk, list)) as { html: string };
    expect(html).not.toContain("@");
    return [...html.matchAll(/href="\/newsroom\/(?:gifts|people)\/([^"/]+)"/g)].map(([, id]) => id);
  };
  expect(Math.min(ended.length - 1, ending.length, lapsed.length)).toBeGreaterThan(0);
  expect(await idsOn("ended")).toEqual(ended.map(({ id }) => id));
  expect((await idsOn("card-ending")).sort()).toEqual(ending.map(({ id }) => id).sort());
  expect((await idsOn("lapsed")).sort()).toEqual(lapsed.map(({ id }) => id).sort());
});

test("only colleagues with the right to people see the rows, and an unknown list is a 404", async () => {
  const { html } = await show();
  for (const list of LISTS) expect(html).toContain(`href="/newsroom/recurring/rows/${list}"`);
  const viewer = await viewersDesk();
  for (const list of LISTS) expect(await openList(viewer, list)).toBe("not found");
  expect(await openList(desk, "everybody")).toBe("not found");
});

test("works with an empty ledger", async () => {
  const empty = await openEmptyLedger();
  setRuntimeDatabase(empty);
  onTestFinished(() => setRuntimeDatabase(db));
  const own = { session: await signInForTests(empty, STAFF_EMAIL, { codeAgeMinutes: 0 }), note: "" };
  const shown = JSON.stringify(await showPage(own, RecurringPage));
  expect(shown).toContain("No renewal is planned for December 2026.");
  expect(shown).not.toMatch(/NaN|could not be shown/);
});

test("every CSV file needs the page's right, and an unknown file is a 404", async () => {
  expect((await download("cohorts.csv")).headers.get("content-disposition")).toBe(
    'attachment; filename="recurring-cohorts-2026-11.csv"',
  );
  const stranger = await signInForTests(db, "reader@example.org", { codeAgeMinutes: null });
  for (const table of ["movements", "standings", "cohorts", "forecast", "failed", "endings"]) {
    expect((await download(`${table}.csv`)).status).toBe(200);
    expect(
      await download(`${table}.csv`, {}, stranger).catch((error) => statusOfRedirectOrNotFound(error).status),
    ).toBe(404);
  }
  for (const table of ["nothing.csv", "movements", "../movements.csv"])
    expect(await download(table).catch((error) => statusOfRedirectOrNotFound(error).status)).toBe(404);
});
