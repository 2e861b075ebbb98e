// Tests that Stripe's charges, the supporter's page, the database and the yearly statements agree exactly.
import { afterEach, expect, test, vi } from "vitest";
import { listBooksDifferences } from "@/domain/ledger/check/store/progress";
import { queueMailsBeforeGiftsResume } from "@/domain/ledger/resume-notices";
import { rethrow } from "@/domain/testing/rethrow";
import { publication } from "@/publication";
import { checkBooks } from "@/systems/books-check";
import { type GiftFixture, openGiftFixture, type TestGiftIds } from "@/systems/testing/gift-fixture";
import { everyNthUnlessFullRun } from "@/tools/test/scope.mjs";
import { POST as changeAmount } from "./[id]/amount/route";
import { POST as changeDate } from "./[id]/date/route";
import { POST as changeFrequency } from "./[id]/frequency/route";
import GiftPage from "./[id]/page";
import { POST as pause } from "./[id]/pause/route";
import { POST as pay } from "./[id]/pay/route";
import { POST as skip } from "./[id]/skip/route";
import { type ExpectedStatements, expectStatements } from "./a-year-statements";

vi.mock("next/headers", async () => (await import("@/systems/testing/gift-fixture")).fixtureNextHeadersMock);

let gifts: GiftFixture | undefined;
const { timeZone } = publication;
afterEach(async () => {
  Object.assign(publication, { timeZone });
  await gifts?.close();
});

type Act = (gifts: GiftFixture, gift: TestGiftIds) => Promise<unknown>;
/**
 * `acts`: what the supporter and the newsroom do, each with its day. `charges`: all charges by Stripe, each written as
 * its day and its amount in minor units.
 */
type Year = {
  begins: string;
  zone: string;
  acts: [day: string, act: Act][];
  charges: string[];
  statements: ExpectedStatements;
};

const shown = async (bench: GiftFixture, gift: TestGiftIds) => ({ shown: await bench.shownOf(gift) });
const putCard =
  (card: string): Act =>
  (bench, gift) =>
    bench.putCard(gift, card);
const payWithAnother: Act = async (bench, gift) => {
  expect(await bench.pageOf(GiftPage, gift.id)).toContain("Your bank declined $10.");
  await bench.putCard(gift, "pm_card_mastercard");
  await bench.press(pay, gift.id);
};
const giveTwenty: Act = (bench, gift) => bench.press(changeAmount, gift.id, { amount: "20" });
const moveTo =
  (day: string): Act =>
  async (bench, gift) =>
    bench.press(changeDate, gift.id, { day, ...(await shown(bench, gift)) });
const skipOne: Act = async (bench, gift) => bench.press(skip, gift.id, await shown(bench, gift));
const pauseTwoMonths: Act = (bench, gift) => bench.press(pause, gift.id, { months: "2" });
const giveYearly: Act = async (bench, gift) =>
  bench.press(changeFrequency, gift.id, { amount: "240", frequency: "yearly", ...(await shown(bench, gift)) });
const refundFive: Act = async (bench, gift) => {
  const [latest] = (await bench.stripe.charges.list({ customer: gift.customerId, limit: 1 })).data;
  await bench.stripe.refunds.create({ charge: latest?.id ?? "", amount: 500 });
  await bench.recordNewEvents();
  expect(await bench.pageOf(GiftPage, gift.id)).toContain("Refunded in part; $15.00 kept");
};
const announceResume: Act = async ({ db, now }, gift) => {
  await queueMailsBeforeGiftsResume(db, now(), rethrow);
  const mails = await db.outboxMail.findMany({ where: { kind: "resumes" } });
  expect(mails.map(({ values }) => JSON.parse(values).recurringGiftId)).toEqual([gift.id]);
};

const FROM_THE_10TH: Year = {
  begins: "2026-12-10T12:00:00Z",
  zone: "Europe/Moscow",
  acts: [
    ["2027-01-15", putCard("pm_card_chargeCustomerFail")],
    ["2027-02-11", payWithAnother],
    ["2027-03-15", giveTwenty],
    ["2027-04-15", moveTo("20")],
    ["2027-06-01", skipOne],
    ["2027-08-25", pauseTwoMonths],
    ["2027-11-16", announceResume],
    ["2027-12-01", putCard("pm_card_visa")],
    // At the time of this refund, the year 2028 has already begun in Moscow. So the refund belongs to the statement of
    // 2028.
    ["2027-12-31", refundFive],
    ["2028-02-25", giveYearly],
    ["2028-04-01", async () => {}],
  ],
  charges: [
    ...["2026-12-10 1000", "2027-01-10 1000", "2027-02-11 1000", "2027-03-10 1000"],
    ...["2027-04-10 2000", "2027-05-20 2000"],
    // June is skipped. September and October are paused.
    ...["2027-07-20 2000", "2027-08-20 2000", "2027-11-20 2000", "2027-12-20 2000"],
    ...["2028-01-20 2000", "2028-02-20 2000", "2028-03-20 24000"],
  ],
  statements: {
    2026: { total: "10.00", uncounted: [] },
    2027: { total: "150.00", uncounted: ["2028-01-01 -5.00"] },
    2028: { total: "275.00", uncounted: [] },
  },
};

const FROM_THE_31ST: Year = {
  begins: "2026-12-31T12:00:00Z",
  zone: "America/Los_Angeles",
  acts: [
    ["2027-02-05", putCard("pm_card_chargeCustomerFail")],
    ["2027-03-01", payWithAnother],
    ["2027-04-05", giveTwenty],
    ["2027-06-05", moveTo("29")],
    ["2027-08-05", skipOne],
    ["2027-10-05", pauseTwoMonths],
    ["2027-12-25", announceResume],
    ["2027-12-26", putCard("pm_card_visa")],
    // This refund is on January 1 in UTC, but still on December 31 in Los Angeles. So it counts in the statement of
    // 2027.
    ["2028-01-01T03:00:00Z", refundFive],
    ["2028-03-05", giveYearly],
    ["2028-04-01", async () => {}],
  ],
  charges: [
    ...["2026-12-31 1000", "2027-01-31 1000", "2027-03-01 1000", "2027-03-31 1000"],
    // The paid period ends on June 30, so the next 29th is in July.
    ...["2027-04-30 2000", "2027-05-31 2000", "2027-07-29 2000"],
    // August is skipped. October and November are paused.
    ...["2027-09-29 2000", "2027-12-29 2000"],
    ...["2028-01-29 2000", "2028-02-29 2000", "2028-03-29 24000"],
  ],
  statements: {
    2026: { total: "10.00", uncounted: [] },
    2027: { total: "125.00", uncounted: [] },
    2028: { total: "280.00", uncounted: [] },
  },
};

// The usual run tests only the first of these two cases. This case also covers short months, in which a gift of the
// 31st is charged earlier. statements.test.ts tests both time zones.
const YEARS: [string, Year][] = [
  ["from the 31st, in Los Angeles", FROM_THE_31ST],
  ["from the 10th, in Moscow", FROM_THE_10TH],
];
test.each(everyNthUnlessFullRun(2, YEARS))(
  "a year %s: every charge comes on the promised day, and the ledger and the yearly statements agree",
  async (_, { begins: clockStartsAt, zone, acts, charges, statements }) => {
    Object.assign(publication, { timeZone: zone });
    gifts = await openGiftFixture({ clockStartsAt });
    const gift = await gifts.begin();
    await expectPromise(gifts, gift, charges);
    for (const [day, act] of acts) {
      await gifts.passUntil(day);
      await act(gifts, gift);
      await gifts.recordNewEvents();
      await expectPromise(gifts, gift, charges);
    }
    expect(await gifts.chargesOf(gift)).toEqual(charges);
    const changes = ["card", "card", "amount", "date", "date", "paused", "card", "frequency"];
    expect(await gifts.changesMailed(gift)).toEqual(changes);
    await expectLedger(gifts, charges);
    await expectStatements(gifts, statements);
  },
  300_000,
);

/**
 * Expects that Stripe's charges so far are the first ones in `charges`, and that the gift's page shows the day of the
 * next charge. Does not check the page if no charge is left, the last charge failed, or the card will be refused.
 */
async function expectPromise(bench: GiftFixture, gift: TestGiftIds, charges: string[]): Promise<void> {
  const ofGift = await bench.chargesOf(gift);
  expect(ofGift).toEqual(charges.slice(0, ofGift.length));
  const next = charges[ofGift.length]?.slice(0, 10);
  const { status } = await bench.db.recurringGift.findFirstOrThrow();
  if (!next || status === "past_due" || (await isRefusing(bench, gift))) return;
  const words = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(new Date(next));
  expect(await bench.pageOf(GiftPage, gift.id)).toContain(`Next payment ${words}`);
}

async function isRefusing({ stripe }: GiftFixture, { customerId }: TestGiftIds): Promise<boolean> {
  const customer = await stripe.customers.retrieve(customerId, { expand: ["invoice_settings.default_payment_method"] });
  const method = customer.deleted ? null : customer.invoice_settings.default_payment_method;
  return typeof method === "object" && method?.card?.last4 === "0341";
}

async function expectLedger({ db }: GiftFixture, charges: string[]): Promise<void> {
  const payments = await db.payment.findMany({ orderBy: { paidAt: "asc" } });
  const amounts = payments.map(
    ({ paidAt, amountMinor, status }) =>
      `${paidAt.toISOString().slice(0, 10)} ${amountMinor}${status === "succeeded" ? "" : status}`,
  );
  expect(amounts).toEqual(charges);
  const gross = charges.reduce((sum, charge) => sum + Number(charge.split(" ")[1]), 0);
  const entries = await db.entry.findMany();
  expect(entries.reduce((sum, { amountMinor }) => sum + Number(amountMinor), 0)).toBe(gross - 500);
  const { id } = await checkBooks(db, { mode: "check", graceMs: 0 });
  expect(await listBooksDifferences(db, id)).toEqual([]);
}
