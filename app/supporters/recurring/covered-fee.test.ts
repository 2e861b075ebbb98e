import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { checkBooks } from "@/systems/books-check";
import type { Db } from "@/systems/database";
import { changeGiftAmount as changeWholeAmount } from "@/systems/recurring-gifts";
import { type GiftFixture, openGiftFixture, type TestGiftIds } from "@/systems/testing/gift-fixture";
import { POST as again } from "./[id]/again/route";
import { POST as changeAmount } from "./[id]/amount/route";
import { POST as cancel } from "./[id]/cancel/confirm/route";
import { POST as changeFrequency } from "./[id]/frequency/route";
import GiftPage from "./[id]/page";
import { POST as pause } from "./[id]/pause/route";
import { POST as skip } from "./[id]/skip/route";
import { GET as raise } from "./raise/route";

vi.mock("next/headers", async () => (await import("@/systems/testing/gift-fixture")).fixtureNextHeadersMock);

/** $10 and the card fee: 2.9% of the total and $0.30. */
const COVERING = { amountMinor: 1_061, coveredFeeMinor: 61 };
let gifts: GiftFixture;
beforeEach(async () => {
  gifts = await openGiftFixture({ clockStartsAt: "2026-12-10T12:00:00Z" });
});
afterEach(() => gifts.close());

const page = (gift: TestGiftIds, query = {}) => gifts.pageOf(GiftPage, gift.id, query);

/** Returns the fields that the form for another amount sends if the supporter changes nothing. */
async function amountFormOf({ id }: TestGiftIds, query: object): Promise<Record<string, string>> {
  const html = renderToStaticMarkup(
    await GiftPage({ params: Promise.resolve({ id }), searchParams: Promise.resolve(query) }),
  );
  const form = /<form[^>]*class="amount-form".*?<\/form>/s.exec(html)?.[0] ?? "";
  const inputs = [...form.matchAll(/<input[^>]*>/g)].map(([input]) => input);
  const sent = inputs.filter((input) => !input.includes('type="checkbox"') || input.includes("checked"));
  const attribute = (input: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1] ?? "";
  return Object.fromEntries(sent.map((input) => [attribute(input, "name"), attribute(input, "value")]));
}

/** Returns each payment's amount and the part that covers the card fee, in minor units, oldest payment first. */
async function paymentsOf(db = gifts.db): Promise<string[]> {
  const payments = await db.payment.findMany({ orderBy: { paidAt: "asc" } });
  return payments.map(({ amountMinor, coveredFeeMinor }) => `${amountMinor} ${coveredFeeMinor}`);
}

async function differencesOf(db: Db): Promise<string[]> {
  const { id: checkId } = await checkBooks(db, { mode: "check", graceMs: 0 });
  const differences = await db.booksDifference.findMany({ where: { checkId } });
  return differences.map(({ place, ours, theirs }) => `${place} ${ours} ${theirs}`);
}

async function expectEqualBooks(): Promise<void> {
  expect(await differencesOf(gifts.db)).toEqual([]);
  const rebuilt = await openEmptyLedger();
  await checkBooks(rebuilt, { mode: "repair", graceMs: 0 });
  expect(await paymentsOf(rebuilt)).toEqual(await paymentsOf());
  expect(await rebuilt.recurringGift.findMany({ select: { coveredFeeMinor: true } })).toEqual(
    await gifts.db.recurringGift.findMany({ select: { coveredFeeMinor: true } }),
  );
  await rebuilt.$disconnect();
}

test("each renewal records the covered fee, even after a skip and a pause", async () => {
  const gift = await gifts.begin(COVERING);
  expect(await page(gift)).toContain("Card fee included $0.61");
  await gifts.press(skip, gift.id, { shown: await gifts.shownOf(gift) });
  await gifts.passUntil("2027-02-11");
  await gifts.press(pause, gift.id, { months: "1" });
  await gifts.passUntil("2027-04-11");
  expect(await paymentsOf()).toEqual(["1061 61", "1061 61", "1061 61"]);
});

test("a new amount covers its fee if the checkbox is checked, and covers nothing otherwise", async () => {
  const gift = await gifts.begin(COVERING);
  expect(await page(gift)).toContain("Give $20.91 a month");
  await gifts.press(changeAmount, gift.id, { amount: "20", cover: "fee" });
  expect(await page(gift)).toContain("Your gift is now $20.91 a month.");
  await gifts.passUntil("2027-01-11");
  await gifts.press(changeAmount, gift.id, { amount: "20" });
  expect(await page(gift)).toContain("Your gift is now $20 a month.");
  expect(await page(gift)).not.toContain("Card fee included");
  await gifts.passUntil("2027-02-11");
  await gifts.press(changeAmount, gift.id, { amount: "20", cover: "fee" });
  await gifts.passUntil("2027-03-11");
  expect(await paymentsOf()).toEqual(["1061 61", "2091 91", "2000 0", "2091 91"]);
  await expectEqualBooks();
});

test("a new frequency covers the fee of the new amount", async () => {
  const gift = await gifts.begin(COVERING);
  expect(await page(gift)).toContain("$123.90 a year (the same in a year)");
  const shown = await gifts.shownOf(gift);
  await gifts.press(changeFrequency, gift.id, { amount: "120", cover: "fee", frequency: "yearly", shown });
  expect(await page(gift)).toContain("Card fee included $3.90");
  await gifts.passUntil("2027-01-11");
  expect(await paymentsOf()).toEqual(["1061 61", "12390 390"]);
});

test("a letter's link to a raise keeps the checkbox as it is, and the fee is added to the new amount", async () => {
  const gift = await gifts.begin(COVERING);
  const answer = await raise(new Request("http://127.0.0.1:3000/supporters/recurring/raise?to=15"));
  const query = Object.fromEntries(new URL(answer.headers.get("location") ?? "", "http://127.0.0.1:3000").searchParams);
  expect(await amountFormOf(gift, query)).toEqual({ amount: "15.00", cover: "fee" });
  await gifts.press(changeAmount, gift.id, await amountFormOf(gift, query));
  expect(await page(gift)).toContain("Card fee included $0.76");
  await gifts.press(changeAmount, gift.id, { amount: "15" });
  expect(await amountFormOf(gift, query)).toEqual({ amount: "15.00" });
});

test("a refused amount comes back with the checkbox as it was sent", async () => {
  const gift = await gifts.begin(COVERING);
  const unchecked = await gifts.press(changeAmount, gift.id, { amount: "1" });
  expect(unchecked).toBe(`/supporters/recurring/${gift.id}?amount=1&cover=`);
  const checked = await gifts.press(changeAmount, gift.id, { amount: "1", cover: "fee" });
  expect(checked).toBe(`/supporters/recurring/${gift.id}?amount=1&cover=fee`);
  expect(gifts.proxy.takeChanges()).toEqual([]);
});

test("a gift that is started again covers the fee again", async () => {
  const gift = await gifts.begin(COVERING);
  await gifts.press(cancel, gift.id);
  await gifts.passUntil("2027-01-20");
  await gifts.press(again, gift.id);
  await gifts.recordNewEvents();
  expect(await paymentsOf()).toEqual(["1061 61", "1061 61"]);
  await expectEqualBooks();
});

test("an amount set by colleagues, here or in Stripe's dashboard, covers nothing", async () => {
  const gift = await gifts.begin(COVERING);
  const other = await gifts.begin(COVERING);
  const money = { amountMinor: 1_500, currency: "USD" } as const;
  await changeWholeAmount(gifts.db, { recurringGiftId: gift.id, money, coveredFeeMinor: 0 });
  const { items } = await gifts.stripe.subscriptions.retrieve(other.subscriptionId);
  const [item] = items.data;
  const price = { currency: "usd", product: String(item?.price.product), unit_amount: 1_500 };
  await gifts.stripe.subscriptions.update(other.subscriptionId, {
    items: [{ id: item?.id ?? "", price_data: { ...price, recurring: { interval: "month" } } }],
    proration_behavior: "none",
  });
  await gifts.recordNewEvents();
  expect(await page(other)).not.toContain("Card fee included");
  await gifts.passUntil("2027-01-11");
  expect((await paymentsOf()).slice(2)).toEqual(["1500 0", "1500 0"]);
});
