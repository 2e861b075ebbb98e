import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { GivingQuestionsAndAnswers } from "@/components/giving/giving-questions";
import { PublicationSettings } from "@/components/newsroom/staff/publication-settings";
import { Footer } from "@/components/site/footer";
import { translator } from "@/content/messages";
import { rederiveTotalsIfRulesOrTimeZoneChanged } from "@/domain/ledger/check/stored-totals";
import { recordEvents } from "@/domain/ledger/record";
import { testIdentityCrypto } from "@/domain/ledger/testing/books";
import type { PublicIncome } from "@/domain/newsroom/public-income";
import IncomePage, { getServerSideProps } from "@/pages/income";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import type { Db } from "@/systems/database";
import { setRuntimeDatabase } from "@/systems/testing/runtime";

process.env.SITE_URL = "http://127.0.0.1:3000";

let db: Db;
beforeAll(() => vi.useFakeTimers({ now: new Date("2026-11-19T09:00:00Z"), toFake: ["Date"] }));
beforeEach(async () => {
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  await rederiveTotalsIfRulesOrTimeZoneChanged(db, publication.timeZone);
  Object.assign(publication, { publishesIncome: true });
});
afterEach(() => {
  Object.assign(publication, { publishesIncome: false });
});
afterAll(() => vi.useRealTimers());

function passAMinute(): void {
  vi.setSystemTime(Date.now() + 60_000);
}

let serial = 0;
type Given = {
  day: string;
  time?: string;
  people?: number;
  amountMinor?: number;
  email?: (n: number) => string | null;
};

/** Records one gift in dollars from each of `people` people, with a fee of 59 cents per gift. */
async function give({
  day,
  time = "12:00",
  people = 1,
  amountMinor = 1_000,
  email = (n) => `r${n}@example.org`,
}: Given): Promise<void> {
  const at = new Date(`${day}T${time}:00Z`);
  const money = { amountMinor, currency: "USD" as const };
  const settled = { currency: "USD", amountMinor, feeMinor: 59, netMinor: amountMinor - 59 };
  const facts = Array.from({ length: people }, (_, n) => {
    const id = String(++serial);
    const origin = { giftId: "g_1", article: null, appeal: null, variant: null, placement: null, locale: "en" };
    return [
      {
        ...{ kind: "single-payment" as const, paymentIntentId: `pi_${id}`, money, status: "succeeded" as const },
        ...{ reportedAt: at, paidAt: at, charge: { chargeId: `ch_${id}` }, email: email(n), origin },
      },
      {
        ...{ kind: "balance-moved" as const, balanceTransactionId: `txn_${id}`, paymentIntentId: `pi_${id}` },
        ...{ entryKind: "payment" as const, sourceId: `ch_${id}`, money, settled, movedAt: at },
      },
    ];
  }).flat();
  const options = { identity: testIdentityCrypto, timeZone: publication.timeZone, now: new Date(), silent: true };
  await recordEvents(db, [{ ...options, eventId: `evt_${serial}`, type: "test", facts }]);
}

async function ask(language?: string): Promise<{ income: PublicIncome; html: string; text: string }> {
  const answer = await getServerSideProps({ query: {}, params: { language } } as never);
  if (!("props" in answer)) throw new Error("the page does not exist");
  const props = await answer.props;
  const html = renderToStaticMarkup(IncomePage(props));
  return { income: props.income, html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}

test("unless the publication publishes its income, the page does not exist and the ledger is not read", async () => {
  await give({ day: "2026-10-05", people: 30 });
  Object.assign(publication, { publishesIncome: false });
  const unopened: Promise<Db> = Promise.reject(new Error("the ledger was opened"));
  unopened.catch(() => {});
  setRuntimeDatabase(unopened);
  expect(await getServerSideProps({ query: {} } as never)).toEqual({ notFound: true });
});

test("shows each past month rounded to two significant digits, newest first, and never the current month", async () => {
  await give({ day: "2026-09-10", people: 25, amountMinor: 1_234 });
  await give({ day: "2026-10-05", people: 40, amountMinor: 5_055 });
  await give({ day: "2026-11-05", people: 50, amountMinor: 9_900 });
  const { income, text } = await ask();
  expect(income.months.map(({ month }) => month)).toEqual(["2026-09", "2026-10"]);
  expect(text).toContain("October 2026 $2,000 $24 $2,000");
  // 25 × 12.34 = 308.50. The fees are 25 × 0.59 = 14.75, so the net is 293.75. The page rounds each amount to two
  // significant digits.
  expect(text).toContain("September 2026 $310 $15 $290");
  expect(text.indexOf("October")).toBeLessThan(text.indexOf("September"));
});

test("withholds a month with 19 supporters, even if they gave twice, and shows a month with 20", async () => {
  await give({ day: "2026-09-10", people: 20 });
  await give({ day: "2026-10-05", people: 19 });
  await give({ day: "2026-10-06", people: 19 });
  const { income, text } = await ask();
  expect(income.months.map(({ sums }) => sums === null)).toEqual([false, true]);
  expect(text).toContain("October 2026 Not shown");
});

test("payments without an e-mail address do not count as supporters", async () => {
  await give({ day: "2026-10-05", people: 60, email: () => null });
  expect((await ask()).income.months).toEqual([{ month: "2026-10", sums: null }]);
});

test("withholds a month in which one payment is more than a quarter of the sum", async () => {
  await give({ day: "2026-09-10", people: 30 });
  await give({ day: "2026-09-11", people: 1, amountMinor: 10_000 });
  await give({ day: "2026-10-05", people: 30 });
  await give({ day: "2026-10-06", people: 1, amountMinor: 10_100 });
  expect((await ask()).income.months.map(({ sums }) => sums === null)).toEqual([false, true]);
});

test("months begin at midnight in the newsroom's time zone", async () => {
  // At this time it is already October in Moscow.
  await give({ day: "2026-09-30", time: "22:00", people: 15 });
  await give({ day: "2026-10-05", people: 10, email: (n) => `other${n}@example.org` });
  const { income } = await ask();
  expect(income.months.map(({ month, sums }) => [month, sums?.kept.amountMinor])).toEqual([["2026-10", 25_000]]);
});

test("says if no month has ended yet, and never shows a person or a single amount", async () => {
  expect((await ask()).text).toContain("No month has ended yet.");
  await give({ day: "2026-10-05", people: 30, amountMinor: 1_111 });
  passAMinute();
  const { html } = await ask();
  expect(html).not.toMatch(/example\.org|supporter_|pi_|11\.11|333\.30/);
});

test("is in the language of its URL, and so are the links to it", async () => {
  const { languages } = publication;
  Object.assign(publication, { languages: ["en", "ru"] });
  await give({ day: "2026-10-05", people: 30 });
  const { html } = await ask("ru");
  expect(html).toContain("Сколько нам дают читатели");
  expect(html).toContain('<a href="/ru/income">Наши доходы</a>');
  expect(html).toContain('<a href="/income" lang="en" hrefLang="en">English</a>');
  expect(renderToStaticMarkup(GivingQuestionsAndAnswers({ locale: "ru", publication }))).toContain('href="/ru/income"');
  await expect(ask("fr")).rejects.toThrow("the page does not exist");
  Object.assign(publication, { languages });
});

test("the ledger is read at most once a minute, even for simultaneous requests", async () => {
  await give({ day: "2026-09-10", people: 25 });
  const reads = vi.spyOn(db.total, "findMany");
  const raw = vi.spyOn(db, "$queryRaw");
  const count = () => reads.mock.calls.length + raw.mock.calls.length;
  const [first, second] = await Promise.all([ask(), ask()]);
  const once = count();
  expect(once).toBeGreaterThan(0);
  expect(second.income).toEqual(first.income);
  await give({ day: "2026-10-05", people: 25 });
  const before = count();
  const shown = async () => (await ask()).income.months.map(({ sums }) => sums !== null);
  expect(await shown()).toEqual([true, false]);
  expect(count()).toBe(before);
  passAMinute();
  expect(await shown()).toEqual([true, true]);
});

test("a failed read of the ledger is not cached", async () => {
  await give({ day: "2026-10-05", people: 30 });
  const broken = vi.spyOn(db, "$queryRaw").mockRejectedValue(new Error("unavailable"));
  await expect(ask()).rejects.toThrow("unavailable");
  broken.mockRestore();
  expect((await ask()).income.months).toHaveLength(1);
});

test("the footer links to the income statement, and the settings say that it is public, only while it is published", async () => {
  const render = () => {
    const t = translator("en");
    const footer = renderToStaticMarkup(Footer({ t, publication }));
    const choices = renderToStaticMarkup(PublicationSettings({ t, publication }));
    return [footer.includes('href="/income"'), /Monthly income is public[^<]*<\/dt><dd>([^<]*)</.exec(choices)?.[1]];
  };
  expect(render()).toEqual([true, "Yes"]);
  Object.assign(publication, { publishesIncome: false });
  expect(render()).toEqual([false, "No"]);
});
