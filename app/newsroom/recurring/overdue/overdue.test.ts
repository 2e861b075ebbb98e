import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { GeneratedYearsOfGifts } from "@/domain/newsroom/testing/years";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { runInRequestOfTestBrowser, statusOfRedirectOrNotFound } from "@/systems/testing/request-scope";
import { signInForTests } from "@/systems/testing/sign-in-for-tests";
import { type StaffBrowser, showPage } from "@/systems/testing/staff-browser";
import { openMultiYearLedgerFixture, YEARS_FIXTURE_TODAY } from "@/systems/testing/years-fixture";
import TodayPage from "../../page";
import RecurringPage from "../page";
import { GET } from "./gifts.csv/route";
import OverdueGiftsPage from "./page";

type Row = Record<string, string>;

const at = (day: string, time = "09:00") => new Date(`${day}T${time}:00Z`);
const PATH = "/newsroom/recurring/overdue";
let db: Db;
let years: GeneratedYearsOfGifts;
let desk: StaffBrowser;
/** The overdue gifts that the page must list, the longest overdue first. `perYear`: in minor units. */
let expectedGifts: {
  id: string;
  subscriptionId: string;
  since: Date;
  status: string;
  currency: string;
  perYear: number;
}[];

beforeAll(async () => {
  ({ db, years, desk } = await openMultiYearLedgerFixture({ people: 22 }));
  const rows = await db.recurringGift.findMany({ where: { status: { in: ["past_due", "unpaid"] } } });
  const times: Record<string, number> = { monthly: 12, yearly: 1, "every-3-month": 4, "every-1-week": 52 };
  expectedGifts = rows
    .map(({ id, subscriptionId, status, currency, amountMinor, frequency }) => {
      const began = years.movements.findLast(
        (each) => each.subscriptionId === subscriptionId && each.kind === "overdue",
      );
      if (!began) throw new Error(`${subscriptionId} has no movement to overdue`);
      const perYear = Number(amountMinor) * (times[frequency] ?? 0);
      return { id, subscriptionId, status, currency, perYear, since: began.at };
    })
    .sort((a, b) => Number(a.since) - Number(b.since));
  await addTwoOfOneCurrency();
  await addTries();
});
afterAll(() => vi.useRealTimers());

/**
 * Adds two overdue gifts in dollars. The yearly gift has the larger payment, but brings less per month than the other.
 */
async function addTwoOfOneCurrency(): Promise<void> {
  const add = async (id: string, { amountMinor, frequency }: { amountMinor: bigint; frequency: string }) => {
    const [status, currency, since] = [
      "past_due",
      "USD",
      at(YEARS_FIXTURE_TODAY, frequency === "yearly" ? "07:00" : "07:30"),
    ];
    const gift = { id, subscriptionId: `sub_${id}`, status, currency, amountMinor, frequency, recordedAt: since };
    await db.recurringGift.create({ data: { ...gift, overdueSince: since } });
    const perYear = Number(amountMinor) * (frequency === "yearly" ? 1 : 12);
    expectedGifts.push({ id, subscriptionId: gift.subscriptionId, status, currency, perYear, since });
  };
  await add("yearly", { amountMinor: 12_000n, frequency: "yearly" });
  await add("monthly", { amountMinor: 2_000n, frequency: "monthly" });
}

async function addTries(): Promise<void> {
  const [first, second] = expectedGifts.filter(({ status }) => status === "past_due");
  const attempt = (key: string, gift: typeof first, more: object) => ({
    ...{ key, subscriptionId: gift?.subscriptionId ?? "", amountMinor: 500n, currency: "USD", isRenewal: true },
    ...{ failedAt: at("2026-11-10"), recordedAt: at("2026-11-10"), ...more },
  });
  await db.failedAttempt.createMany({
    data: [
      attempt("in_a:1", first, { code: "expired_card", nextAttemptAt: at("2026-11-14") }),
      attempt("in_a:2", first, { code: "card_declined", failedAt: at("2026-11-14"), nextAttemptAt: null }),
      attempt("in_b:1", second, { code: "insufficient_funds", nextAttemptAt: at("2026-11-23") }),
      attempt("in_first:1", second, { code: "do_not_honor", failedAt: at("2026-11-15"), isRenewal: false }),
    ],
  });
  const mail = (key: string, sentAt: Date | null) => ({
    ...{ id: key, kind: "renewal-failed", factKey: `renewal:${key}`, personHash: "x", priority: 1, toSealed: "" },
    ...{ locale: "en", values: "", queuedAt: at("2026-11-10"), sentAt },
  });
  await db.outboxMail.createMany({
    data: [mail("in_a:1", at("2026-11-10")), mail("in_a:2", at("2026-11-14")), mail("in_b:1", null)],
  });
  const act = { by: "site", role: "admin", chain: "x", kind: "payment-link-sent" };
  const { _max } = await db.act.aggregate({ _max: { number: true } });
  const number = (_max.number ?? 0) + 1;
  await db.act.create({ data: { ...act, number, about: `recurring-gift:${second?.id}`, at: at("2026-11-17") } });
}

async function show(by?: string): Promise<{ html: string; text: string }> {
  const shown = await showPage(desk, OverdueGiftsPage, { query: by ? { by } : {} });
  if (typeof shown !== "object" || !("html" in shown)) throw new Error(`not a page: ${JSON.stringify(shown)}`);
  return shown;
}

const idsIn = (html: string) => [...html.matchAll(/href="\/newsroom\/gifts\/([^"/]+)"/g)].map(([, id]) => id);

function download(by: string, session = desk.session): Promise<Response> {
  return runInRequestOfTestBrowser({ session }, () =>
    GET(new Request(`http://127.0.0.1:3000${PATH}/gifts.csv?by=${by}`)),
  );
}

async function rowsOf(by: string): Promise<Row[]> {
  const [head = "", ...lines] = (await (await download(by)).text())
    .replace(/^\uFEFF/, "")
    .split("\r\n")
    .filter(Boolean);
  const columns = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, n) => [columns[n] ?? "", cell])));
}

test("lists every overdue gift with the time since when it is overdue, the longest first, and shows no e-mail address", async () => {
  expect(new Set(expectedGifts.map(({ status }) => status))).toEqual(new Set(["past_due", "unpaid"]));
  const { html, text } = await show();
  expect(idsIn(html)).toEqual(expectedGifts.map(({ id }) => id));
  expect(text).toContain(`The last payments of ${expectedGifts.length} gifts failed`);
  expect(text).toContain("Download as CSV: Overdue gifts Definition: Overdue");
  expect(html).not.toContain("@");
  const rows = await rowsOf("since");
  expect(rows.map(({ gift, overdue_since: since }) => `${gift} ${since}`)).toEqual(
    expectedGifts.map(({ id, since }) => `${id} ${since.toISOString()}`),
  );
  for (const { id, perYear, currency } of expectedGifts) {
    const own = rows.find(({ gift }) => gift === id);
    const minor = Math.floor(perYear / 12);
    const digits = { JPY: 0, KWD: 3 }[currency] ?? 2;
    expect([own?.currency, own?.value_a_month]).toEqual([currency, (minor / 10 ** digits).toFixed(digits)]);
  }
});

test("shows for each gift why the last attempt failed, when Stripe tries next, and the last e-mail", async () => {
  const [first, second] = expectedGifts.filter(({ status }) => status === "past_due");
  const rows = await rowsOf("since");
  const of = (id = "") => rows.find(({ gift }) => gift === id) ?? {};
  const { reason, next_try: next, next_try_at: nextAt, last_mail: mail, last_mail_at: mailAt } = of(first?.id);
  expect([reason, next, nextAt, mail, mailAt]).toEqual([
    ...["card_declined", "none", "", "renewal-failed", at("2026-11-14").toISOString()],
  ]);
  const b = of(second?.id);
  expect([b.reason, b.next_try, b.next_try_at, b.last_mail, b.last_mail_at]).toEqual([
    ...[
      "insufficient_funds",
      "planned",
      at("2026-11-23").toISOString(),
      "payment-link",
      at("2026-11-17").toISOString(),
    ],
  ]);
  for (const { id, status } of expectedGifts)
    if (id !== first?.id && id !== second?.id)
      expect([of(id).next_try, of(id).last_mail]).toEqual([status === "unpaid" ? "stopped" : "unknown", ""]);
  const { text } = await show();
  expect(text).toContain("Too little money in the account");
  expect(text).toContain("Nov 23, 2026");
  expect(text).toContain("Nov 17, 2026: a link to pay");
  expect(text).toContain("Nov 14, 2026: the payment failed");
});

test("sorts by Stripe's next attempt, or by amount per month within a currency, and the CSV link keeps the order", async () => {
  const planned = expectedGifts.filter(({ status }) => status === "past_due")[1];
  const next = await show("next");
  expect(idsIn(next.html)[0]).toBe(planned?.id);
  expect(next.html).toContain(`href="${PATH}/gifts.csv?by=next"`);
  const byAmount = expectedGifts
    .toSorted((a, b) => b.perYear - a.perYear)
    .toSorted((a, b) => (a.currency === b.currency ? 0 : a.currency < b.currency ? -1 : 1));
  const { html } = await show("amount");
  expect(idsIn(html)).toEqual(byAmount.map(({ id }) => id));
  expect((await rowsOf("amount")).map(({ gift }) => gift)).toEqual(byAmount.map(({ id }) => id));
  expect(html).toMatch(/<a href="[^"]*" aria-current="true">Highest monthly amount first/);
  expect(idsIn((await show('"><script>')).html)).toEqual(expectedGifts.map(({ id }) => id));
});

test("a planned attempt whose time is past is awaited, and comes after those that are still to come", async () => {
  const [first, second, third] = expectedGifts.filter(({ status }) => status === "past_due");
  const passed = new Date(`${YEARS_FIXTURE_TODAY}T00:00:00Z`);
  const attempt = { key: "in_c:1", subscriptionId: third?.subscriptionId ?? "", amountMinor: 500n, currency: "EUR" };
  const times = { failedAt: new Date(passed.getTime() - 1_000), recordedAt: passed, nextAttemptAt: passed };
  await db.failedAttempt.create({ data: { ...attempt, ...times, isRenewal: true } });
  const row = (await rowsOf("next")).find(({ gift }) => gift === third?.id);
  expect([row?.next_try, row?.next_try_at]).toEqual(["awaited", ""]);
  const { html, text } = await show("next");
  expect(text).toContain("Outcome not known yet");
  expect(idsIn(html).slice(0, 2)).toEqual([second?.id, third?.id]);
  expect(idsIn(html)).toContain(first?.id);
  await db.failedAttempt.delete({ where: { key: "in_c:1" } });
});

test("Today and Recurring link to the overdue gifts for colleagues with the right to people, and nobody else may open them", async () => {
  const email = "viewer@example.org";
  const since = new Date(`${YEARS_FIXTURE_TODAY}T08:00:00Z`);
  const address = identityCrypto().sealAddress(email);
  if (!address) throw new Error(`${email} is not a valid e-mail address`);
  const times = { since, acceptedAt: since, invitedUntil: since };
  await db.staff.create({ data: { ...address, id: "viewer", role: "viewer", ...times } });
  const viewer: StaffBrowser = { session: await signInForTests(db, email, { codeAgeMinutes: 0 }), note: "" };
  for (const page of [TodayPage, RecurringPage] as Parameters<typeof showPage>[1][]) {
    expect(JSON.stringify(await showPage(desk, page))).toContain(PATH);
    const theirs = JSON.stringify(await showPage(viewer, page));
    expect(theirs).toContain("newsroom");
    expect(theirs).not.toContain(PATH);
  }
  expect(await showPage(viewer, OverdueGiftsPage)).toBe("not found");
  const stranger = await signInForTests(db, "reader@example.org", { codeAgeMinutes: null });
  for (const session of [viewer.session, stranger])
    expect(await download("since", session).catch((error) => statusOfRedirectOrNotFound(error).status)).toBe(404);
});

test("a gift with more failed attempts than an SQL statement may have parameters is listed with its last e-mail", async () => {
  const [gift] = expectedGifts;
  const tries = Array.from({ length: 1_100 }, (_, n) => `in_many:${n}`);
  const common = { subscriptionId: gift?.subscriptionId ?? "", amountMinor: 500n, currency: "USD", isRenewal: true };
  const times = { failedAt: at("2026-11-02"), recordedAt: at("2026-11-02") };
  await db.failedAttempt.createMany({ data: tries.map((key) => ({ key, ...common, ...times })) });
  const mail = { kind: "renewal-failed", personHash: "x", priority: 1, toSealed: "", locale: "en", values: "" };
  const factKey = `renewal:${tries.at(-1)}`;
  const sent = { queuedAt: at("2026-11-18"), sentAt: at("2026-11-18") };
  await db.outboxMail.create({ data: { id: "many", factKey, ...mail, ...sent } });
  expect(idsIn((await show()).html)).toHaveLength(expectedGifts.length);
  const row = (await rowsOf("since")).find((each) => each.gift === gift?.id);
  expect(row).toMatchObject({ last_mail: "renewal-failed", last_mail_at: "2026-11-18T09:00:00.000Z" });
  await db.failedAttempt.deleteMany({ where: { key: { in: tries.slice(0, 900) } } });
  await db.failedAttempt.deleteMany({ where: { key: { in: tries.slice(900) } } });
  await db.outboxMail.delete({ where: { id: "many" } });
});

test("the page says that no gift is overdue", async () => {
  const before = await db.recurringGift.findMany({ where: { status: { in: ["past_due", "unpaid"] } } });
  await db.recurringGift.updateMany({ where: { status: { in: ["past_due", "unpaid"] } }, data: { status: "active" } });
  expect((await show()).text).toContain("No gift is overdue.");
  expect(await rowsOf("since")).toEqual([]);
  for (const { id, status } of before) await db.recurringGift.update({ where: { id }, data: { status } });
});
