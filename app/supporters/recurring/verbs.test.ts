import { postControlAction, TEST_API_KEY } from "stripe-sandbox/testing";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { type GiftFixture, openGiftFixture, type TestGiftIds } from "@/systems/testing/gift-fixture";
import { POST as again } from "./[id]/again/route";
import { POST as changeAmount } from "./[id]/amount/route";
import { POST as cancel } from "./[id]/cancel/confirm/route";
import { POST as card } from "./[id]/card/route";
import { POST as changeDate } from "./[id]/date/route";
import { POST as changeFrequency } from "./[id]/frequency/route";
import GiftPage from "./[id]/page";
import { POST as pause } from "./[id]/pause/route";
import { POST as pay } from "./[id]/pay/route";
import { POST as resume } from "./[id]/resume/route";
import { POST as skip } from "./[id]/skip/route";
import { POST as undo } from "./[id]/undo/route";

vi.mock("next/headers", async () => (await import("@/systems/testing/gift-fixture")).fixtureNextHeadersMock);

let gifts: GiftFixture;
beforeEach(async () => {
  gifts = await openGiftFixture({ clockStartsAt: "2026-12-10T12:00:00Z" });
});
afterEach(() => gifts.close());

const page = (gift: TestGiftIds) => gifts.pageOf(GiftPage, gift.id);

async function notesOf({ subscriptionId }: TestGiftIds): Promise<string[]> {
  const notes = await gifts.db.recurringNote.findMany({ where: { subscriptionId }, orderBy: { notedAt: "asc" } });
  return notes.map(({ kind, amountMinor, beforeMinor, frequency, beforeFrequency, by }) =>
    [kind, beforeMinor, beforeFrequency, amountMinor, frequency, by].filter((each) => each !== null).join(" "),
  );
}

test("a new amount is charged from the next payment on, and not before", async () => {
  const gift = await gifts.begin();
  expect(await page(gift)).toContain("The new amount applies from your next payment on January 10, 2027.");
  await gifts.press(changeAmount, gift.id, { amount: "20" });
  expect(await page(gift)).toContain("Your gift is now $20 a month.");
  await gifts.passUntil("2027-01-11");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-01-10 2000"]);
  expect(await gifts.changesMailed(gift)).toEqual(["amount"]);
  expect(await notesOf(gift)).toContain("amount 1000 monthly 2000 monthly supporter");
});

test("a skipped payment moves by one period, once, and later payments are charged as usual", async () => {
  const gift = await gifts.begin();
  const shown = await gifts.shownOf(gift);
  expect(await page(gift)).toContain(
    "We skip the payment of $10 on January 10, 2027, and never charge it later. The next payment is then on February 10, 2027.",
  );
  await Promise.all([gifts.press(skip, gift.id, { shown }), gifts.press(skip, gift.id, { shown })]);
  await gifts.press(skip, gift.id, { shown });
  expect(await page(gift)).toContain("Your gift had already changed.");
  const now = await page(gift);
  expect(now).toContain("Next payment February 10, 2027");
  expect(now).not.toContain("Skip the payment on");
  await gifts.passUntil("2027-03-11");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-02-10 1000", "2027-03-10 1000"]);
  expect(await gifts.changesMailed(gift)).toEqual(["date"]);
  expect(await notesOf(gift)).toContain("skipped supporter");
});

test("after a skip the page shows the next payment, and the gift counts as running", async () => {
  const gift = await gifts.begin();
  await gifts.press(skip, gift.id, { shown: await gifts.shownOf(gift) });
  expect(await page(gift)).toContain("The payment is skipped. Your next payment of $10 is on February 10, 2027.");
  expect((await gifts.stripe.subscriptions.retrieve(gift.subscriptionId)).status).toBe("trialing");
  expect(await gifts.db.recurringGift.findFirst()).toMatchObject({ status: "active" });
  await gifts.press(cancel, gift.id);
  expect(await page(gift)).toContain("until February 10, 2027");
  await gifts.passUntil("2027-03-11");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000"]);
});

test("payments move to the 31st, and use the last day of shorter months", async () => {
  await gifts.passUntil("2027-01-20");
  const gift = await gifts.begin();
  expect(await page(gift)).toContain("31st: February 28, 2027");
  await gifts.press(changeDate, gift.id, { day: "31", shown: await gifts.shownOf(gift) });
  const moved = await page(gift);
  expect(moved).toContain("Your next payment is on February 28, 2027. It is $10. Later payments follow on that day.");
  expect(moved).toContain("Day of payment The 31st");
  // While February's payment is on its way, the page shows the 28th as the next day of payment. When the payment has
  // arrived, the site moves the gift back to the 31st.
  await gifts.passUntil("2027-02-28T12:30:00Z");
  expect(await page(gift)).toContain("Next payment March 28, 2027");
  await gifts.passUntil("2027-02-28T15:00:00Z");
  expect(await page(gift)).toContain("Next payment March 31, 2027");
  await gifts.passUntil("2027-06-02");
  expect(await gifts.chargesOf(gift)).toEqual([
    "2027-01-20 1000",
    "2027-02-28 1000",
    "2027-03-31 1000",
    "2027-04-30 1000",
    "2027-05-31 1000",
  ]);
  expect(await gifts.changesMailed(gift)).toEqual(["date"]);
});

test("a date that was set in Stripe's dashboard stays, even if the supporter had chosen the 31st before", async () => {
  await gifts.passUntil("2027-01-20");
  const gift = await gifts.begin();
  await gifts.press(changeDate, gift.id, { day: "31", shown: await gifts.shownOf(gift) });
  const trial_end = Date.parse("2027-02-15T12:00:00Z") / 1000;
  await gifts.stripe.subscriptions.update(gift.subscriptionId, { trial_end, proration_behavior: "none" });
  await gifts.passUntil("2027-04-16");
  expect(await gifts.chargesOf(gift)).toEqual([
    "2027-01-20 1000",
    "2027-02-15 1000",
    "2027-03-15 1000",
    "2027-04-15 1000",
  ]);
});

test("monthly becomes yearly at the end of the paid period, and monthly again at the end of the paid year", async () => {
  const gift = await gifts.begin();
  const first = await page(gift);
  expect(first).toContain("The first yearly payment is on January 10, 2027. Nothing is charged before then.");
  expect(first).toContain("$120 a year (the same in a year)");
  await gifts.press(changeFrequency, gift.id, {
    ...{ amount: "120", frequency: "yearly", shown: await gifts.shownOf(gift) },
  });
  expect(await page(gift)).toContain("You now give $120 a year. The first payment is on January 10, 2027.");
  await gifts.passUntil("2027-02-20");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-01-10 12000"]);
  await gifts.press(changeFrequency, gift.id, {
    ...{ amount: "10", frequency: "monthly", shown: await gifts.shownOf(gift) },
  });
  expect(await page(gift)).toContain("The first payment is on January 10, 2028.");
  await gifts.passUntil("2027-06-01");
  await gifts.putCard(gift, "pm_card_mastercard");
  await gifts.passUntil("2028-02-11");
  expect(await gifts.chargesOf(gift)).toEqual([
    "2026-12-10 1000",
    "2027-01-10 12000",
    "2028-01-10 1000",
    "2028-02-10 1000",
  ]);
  expect(await gifts.changesMailed(gift)).toEqual(["frequency", "frequency", "card"]);
  expect(await notesOf(gift)).toContain("frequency 1000 monthly 12000 yearly supporter");
});

test("a second press on the new frequency does not change it back", async () => {
  const gift = await gifts.begin();
  const form = { amount: "120", frequency: "yearly", shown: await gifts.shownOf(gift) };
  await gifts.press(changeFrequency, gift.id, form);
  await gifts.press(changeFrequency, gift.id, form);
  expect(await page(gift)).toContain("Your gift had already changed.");
  expect(await gifts.db.recurringGift.findFirst()).toMatchObject({ frequency: "yearly", amountMinor: 12_000n });
});

test("a refused amount for another frequency stays in its field, and Stripe gets no change", async () => {
  const gift = await gifts.begin();
  const form = { amount: "1", frequency: "yearly", shown: await gifts.shownOf(gift) };
  const location = await gifts.press(changeFrequency, gift.id, form);
  expect(location).toBe(`/supporters/recurring/${gift.id}?frequency=1`);
  expect(gifts.proxy.takeChanges()).toEqual([]);
  const page = await gifts.htmlOf(GiftPage, gift.id, { frequency: "1" });
  expect(page).toMatch(/<input[^>]*name="amount"[^>]*value="1"/);
  expect(page).toContain("$2");
});

test("a pause of two months leaves out two payments, and they are never charged", async () => {
  const gift = await gifts.begin();
  expect(await page(gift)).toContain("2 months: March 10, 2027");
  await gifts.press(pause, gift.id, { months: "2" });
  await gifts.press(pause, gift.id, { months: "9" });
  const paused = await page(gift);
  expect(paused).toContain("Next payment March 10, 2027");
  await gifts.passUntil("2027-04-11");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-03-10 1000", "2027-04-10 1000"]);
  expect(await gifts.changesMailed(gift)).toEqual(["paused"]);
});

test("a gift that resumes early is not charged for the months that it missed", async () => {
  const gift = await gifts.begin();
  await gifts.press(pause, gift.id, { months: "12" });
  await gifts.passUntil("2027-03-20");
  expect(await page(gift)).toContain("If you resume now, your next payment of $10 is on April 10, 2027.");
  await gifts.press(resume, gift.id);
  expect(await page(gift)).toContain("Your gift continues. Your next payment of $10 is on April 10, 2027.");
  await gifts.passUntil("2027-05-11");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-04-10 1000", "2027-05-10 1000"]);
  expect(await gifts.changesMailed(gift)).toEqual(["paused", "resumed"]);
  expect((await notesOf(gift)).filter((note) => /paused|resumed/.test(note))).toEqual([
    "paused supporter",
    "resumed supporter",
  ]);
});

test("an overdue gift needs another card first, and then its open invoice is paid once", async () => {
  const gift = await gifts.begin();
  await gifts.putCard(gift, "pm_card_chargeCustomerFail");
  await gifts.passUntil("2027-01-11");
  const overdue = await page(gift);
  expect(overdue).toContain("Your bank declined $10.");
  expect(overdue).not.toContain("Skip the next payment");
  await gifts.press(pay, gift.id);
  expect(await page(gift)).toContain("Your bank declined the payment again. Nothing was charged.");
  expect(await gifts.press(card, gift.id)).toContain(gifts.proxy.url.slice(0, 17));
  await gifts.putCard(gift, "pm_card_mastercard");
  await Promise.all([gifts.press(pay, gift.id), gifts.press(pay, gift.id)]);
  await gifts.press(pay, gift.id);
  expect(await gifts.changesMailed(gift), "one mail for each of two cards").toEqual(["card", "card"]);
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-01-11 1000"]);
  await gifts.passUntil("2027-02-11");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-01-11 1000", "2027-02-10 1000"]);
});

test("one e-mail confirms a card that the supporter replaces, and no e-mail a card that the bank updates", async () => {
  const gift = await gifts.begin();
  const [own] = (await gifts.stripe.customers.listPaymentMethods(gift.customerId)).data;
  await gifts.stripe.paymentMethods.update(own?.id ?? "", { card: { exp_month: 12, exp_year: 2040 } });
  await gifts.recordNewEvents();
  expect(await gifts.changesMailed(gift)).toEqual([]);
  await gifts.putCard(gift, "pm_card_mastercard");
  await gifts.recordNewEvents();
  await gifts.passUntil("2027-01-11");
  expect(await gifts.changesMailed(gift)).toEqual(["card"]);
  const { default_payment_method } = await gifts.stripe.subscriptions.retrieve(gift.subscriptionId);
  expect(default_payment_method).not.toBe(own?.id);
});

test("an overdue gift can be paused, and its open invoice is never charged", async () => {
  const gift = await gifts.begin();
  await gifts.putCard(gift, "pm_card_chargeCustomerFail");
  await gifts.passUntil("2027-01-11");
  expect(await page(gift)).toContain("We also cancel the payment that did not go through.");
  await gifts.press(pause, gift.id, { months: "1" });
  await gifts.putCard(gift, "pm_card_visa");
  await gifts.passUntil("2027-03-11");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-03-10 1000"]);
});

test("a canceled gift gives Stripe the reason, ends with the paid period, and can be continued until then", async () => {
  const gift = await gifts.begin();
  await gifts.press(cancel, gift.id, { reason: "too_expensive" });
  const { cancellation_details: details } = await gifts.stripe.subscriptions.retrieve(gift.subscriptionId);
  expect(details?.feedback).toBe("too_expensive");
  const state = () => gifts.db.recurringGift.findFirst({ select: { status: true, cancelAt: true } });
  const paidUntil = new Date("2027-01-10T12:00:00Z");
  await gifts.passUntil("2027-01-10T11:00:00Z");
  expect(await state()).toEqual({ status: "active", cancelAt: paidUntil });
  await gifts.press(undo, gift.id);
  expect(await state()).toEqual({ status: "active", cancelAt: null });
  await gifts.press(cancel, gift.id, { reason: "made-up" });
  expect(await state()).toEqual({ status: "active", cancelAt: paidUntil });
  await gifts.passUntil("2027-01-10T13:00:00Z");
  expect((await state())?.status).toBe("canceled");
  await gifts.passUntil("2027-02-11");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000"]);
  expect(await gifts.changesMailed(gift)).toEqual(["cancelled", "undone", "cancelled"]);
});

test("an ended gift starts again with one press on its earlier card, and only once", async () => {
  const gift = await gifts.begin();
  await gifts.press(cancel, gift.id);
  await gifts.passUntil("2027-01-20");
  expect(await page(gift)).toContain("$10 a month is charged today to the card that you used before");
  const [first, second] = await Promise.all([gifts.press(again, gift.id), gifts.press(again, gift.id)]);
  expect(await gifts.press(again, gift.id), "from a stale page").toBe(first);
  await gifts.recordNewEvents();
  expect(first).toBe(second);
  expect(first).not.toContain(gift.id);
  await gifts.passUntil("2027-02-22");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-01-20 1000", "2027-02-21 1000"]);
});

test("a second click while Stripe still processes the first one waits for the gift of the first", async () => {
  const gift = await gifts.begin();
  await gifts.press(cancel, gift.id);
  await gifts.passUntil("2027-01-20");
  const inUse = {
    does: "error",
    status: 409,
    code: "idempotency_key_in_use",
    method: "POST",
    path: "/v1/subscriptions",
  };
  await postControlAction(gifts.bench.url, "call-faults", { key: TEST_API_KEY, ...inUse, times: 3 });
  const started = await gifts.press(again, gift.id);
  expect(await gifts.pageOf(GiftPage, started.split("/").at(-1) ?? "")).toContain(
    "Your gift is active again. Thank you.",
  );
  await gifts.recordNewEvents();
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-01-20 1000"]);
});

async function onlyCard({ customerId }: TestGiftIds, card: string): Promise<string> {
  await gifts.putCard({ id: "", subscriptionId: "", customerId }, card);
  const { data } = await gifts.stripe.customers.listPaymentMethods(customerId);
  const [newest, ...others] = data.toSorted((one, other) => other.created - one.created);
  for (const { id } of others) await gifts.stripe.paymentMethods.detach(id);
  return newest?.id ?? "";
}

test("with a refused card an ended gift does not start again, and without a card the button leads to the gift form", async () => {
  const gift = await gifts.begin();
  await gifts.press(cancel, gift.id);
  await gifts.passUntil("2027-01-11");
  const card = await onlyCard(gift, "pm_card_chargeCustomerFail");
  for (let presses = 1; presses <= 3; presses += 1) {
    await gifts.press(again, gift.id);
    expect(await page(gift)).toContain("Your bank declined the card.");
  }
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000"]);
  expect(gifts.proxy.takeChanges().filter((change) => change.startsWith("POST /v1/subscriptions "))).toHaveLength(
    1 + 2 + 3,
  );
  await gifts.stripe.paymentMethods.detach(card);
  expect(await gifts.press(again, gift.id)).toMatch(/^\/give\?/);
});

test("a gift that has not ended at Stripe is not started again, and the page shows it as it is", async () => {
  const gift = await gifts.begin();
  await gifts.db.recurringGift.update({
    where: { id: gift.id },
    data: { status: "canceled", endedAt: new Date("2026-12-10T12:00:00Z") },
  });
  expect(await gifts.press(again, gift.id)).toBe(`/supporters/recurring/${gift.id}`);
  const shown = await page(gift);
  expect(shown).toContain("Your gift had already changed. Your last request changed nothing.");
  expect(shown).toContain("Next payment January 10, 2027");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000"]);
});

test("a gift of several items is not started again, even if the ledger does not know of them", async () => {
  const gift = await gifts.begin();
  const { data: items } = (await gifts.stripe.subscriptions.retrieve(gift.subscriptionId)).items;
  const price = {
    currency: "usd",
    product: String(items[0]?.price.product),
    recurring: { interval: "month" as const },
    unit_amount: 500,
  };
  await gifts.stripe.subscriptions.update(gift.subscriptionId, {
    items: [{ price_data: price }],
    proration_behavior: "none",
  });
  await gifts.stripe.subscriptions.cancel(gift.subscriptionId);
  await gifts.recordNewEvents();
  await gifts.db.recurringGift.update({ where: { id: gift.id }, data: { unusual: null, amountMinor: 1_000n } });
  expect(await gifts.press(again, gift.id)).toBe(`/supporters/recurring/${gift.id}`);
  const shown = await page(gift);
  expect(shown).toContain("Your gift had already changed. Your last request changed nothing.");
  expect(shown).not.toContain("Start again");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000"]);
});

test("a gift that was started again and ended at once can be started once more on the same day", async () => {
  const gift = await gifts.begin();
  await gifts.press(cancel, gift.id);
  await gifts.passUntil("2027-01-20");
  await gifts.press(again, gift.id);
  const [second] = (await gifts.stripe.subscriptions.list({ customer: gift.customerId, limit: 1 })).data;
  await gifts.stripe.subscriptions.cancel(second?.id ?? "");
  await gifts.recordNewEvents();
  const third = await gifts.press(again, gift.id);
  expect(await gifts.pageOf(GiftPage, third.split("/").at(-1) ?? "")).toContain(
    "Your gift is active again. Thank you.",
  );
  const { data } = await gifts.stripe.subscriptions.list({ customer: gift.customerId, status: "active" });
  expect(data).toHaveLength(1);
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-01-20 1000", "2027-01-20 1000"]);
});

test("a yearly gift's next payment is put off by the chosen months, only once, and later payments are a year apart", async () => {
  const gift = await gifts.begin({ amountMinor: 12_000, interval: "year" });
  await gifts.passUntil("2027-09-01");
  const before = await page(gift);
  expect(before).toContain("3 months: March 10, 2028");
  const form = { months: "3", shown: await gifts.shownOf(gift) };
  await Promise.all([gifts.press(pause, gift.id, form), gifts.press(pause, gift.id, form)]);
  await gifts.press(pause, gift.id, form);
  expect(await page(gift)).toContain("Your gift had already changed.");
  expect(await page(gift)).toContain("Next payment March 10, 2028");
  await gifts.putCard(gift, "pm_card_mastercard");
  await gifts.passUntil("2028-09-01");
  await gifts.putCard(gift, "pm_card_visa");
  await gifts.passUntil("2029-03-11");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 12000", "2028-03-10 12000", "2029-03-10 12000"]);
  expect(await gifts.changesMailed(gift)).toEqual(["date", "card", "card"]);
});

test("the new amount of a paused gift is first charged after the pause", async () => {
  const gift = await gifts.begin();
  await gifts.press(pause, gift.id, { months: "2" });
  await gifts.passUntil("2027-01-20");
  const paused = await page(gift);
  expect(paused).toContain("The new amount applies from your next payment on March 10, 2027.");
  expect(paused).toContain("While your gift is paused, you cannot change its day or frequency.");
  await gifts.press(changeAmount, gift.id, { amount: "20" });
  expect(await page(gift)).toContain("Your gift is now $20 a month.");
  await gifts.passUntil("2027-04-11");
  expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-03-10 2000", "2027-04-10 2000"]);
  expect(await gifts.changesMailed(gift)).toEqual(["paused", "amount"]);
});

test("the day and frequency of a gift can be changed, and a payment skipped, after any number of years", async () => {
  const gift = await gifts.begin({ amountMinor: 12_000, interval: "year" });
  for (const year of [2027, 2028, 2029, 2030, 2031]) {
    await gifts.passUntil(`${year}-06-01`);
    await gifts.putCard(gift, "pm_card_visa");
  }
  await gifts.passUntil("2031-12-20");
  await gifts.press(changeDate, gift.id, { day: "20", shown: await gifts.shownOf(gift) });
  expect(await page(gift)).toContain("Your next payment is on December 20, 2032.");
  await gifts.press(skip, gift.id, { shown: await gifts.shownOf(gift) });
  // The new date is 731 days away, because 2032 has a February 29. Stripe allows at most 730 days.
  expect(await page(gift)).toContain("The payment was not moved.");
  await gifts.passUntil("2031-12-22");
  await gifts.press(skip, gift.id, { shown: await gifts.shownOf(gift) });
  expect(await page(gift)).toContain("Your next payment of $120 is on December 20, 2033.");
  const monthly = { amount: "10", frequency: "monthly", shown: await gifts.shownOf(gift) };
  await gifts.press(changeFrequency, gift.id, monthly);
  expect(await page(gift)).toContain("You now give $10 a month. The first payment is on December 20, 2033.");
  expect((await gifts.chargesOf(gift)).length).toBe(6);
});

test("a supporter stays signed in on a machine so slow that half a second passes at every look at its clock", async () => {
  let slowMs = 0;
  const now = Date.now;
  const slowClock = vi.spyOn(Date, "now").mockImplementation(() => {
    slowMs += 500;
    return now() + slowMs;
  });
  onTestFinished(() => slowClock.mockRestore());
  const gift = await gifts.begin();
  // Moves the clock past the gift's renewal. passUntil() records the renewal, and then signs the supporter in again. In
  // the whole test, each call of `Date.now()` moves the clock forward by half a second.
  await gifts.passUntil("2027-01-10T13:30:00Z");
  await gifts.putCard(gift, "pm_card_mastercard");
  expect(await page(gift)).toContain("Next payment February 10, 2027");
});

test("if Stripe cannot yet move a payment, the page says from which day it can be skipped", async () => {
  const gift = await gifts.begin({ amountMinor: 12_000, interval: "year" });
  await gifts.passUntil("2027-06-01");
  await gifts.putCard(gift, "pm_card_mastercard");
  await gifts.passUntil("2027-12-11T02:00:00Z");
  expect(await page(gift)).toContain("You can skip this payment from December 11, 2027 on.");
  await gifts.press(skip, gift.id, { shown: await gifts.shownOf(gift) });
  expect(await page(gift)).toContain("The payment was not moved.");
  const rare = await gifts.begin({ amountMinor: 24_000, interval: "year", count: 2 });
  expect(await page(rare)).not.toContain("Skip");
  expect(await page(rare)).not.toContain("Put off");
});

test.each(["cancel", "unpaid"] as const)(
  "a gift that Stripe gives up (%s) is never charged for missed payments, even with a new card, and can be started again",
  async (whenGivenUp) => {
    await postControlAction(gifts.bench.url, "renewal-settings", { key: TEST_API_KEY, whenGivenUp, retryDays: [2] });
    const gift = await gifts.begin();
    await gifts.putCard(gift, "pm_card_chargeCustomerFail");
    await gifts.passUntil("2027-01-15");
    const invoices = await gifts.stripe.invoices.list({ customer: gift.customerId });
    expect(invoices.data.map(({ status }) => status)).toEqual(["void", "paid"]);
    await gifts.putCard(gift, "pm_card_visa");
    await gifts.recordNewEvents();
    await gifts.passUntil("2027-04-15");
    expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000"]);
    // The only e-mail is about the first new card, which the bank refused to charge. No e-mail is about the second
    // card, because the supporter added this card after the gift had ended.
    expect(await gifts.changesMailed(gift)).toEqual(["card"]);
    expect(await gifts.db.recurringGift.findFirst()).toMatchObject({ status: "canceled", endReason: "payment_failed" });
    await gifts.press(again, gift.id);
    await gifts.recordNewEvents();
    expect(await gifts.chargesOf(gift)).toEqual(["2026-12-10 1000", "2027-04-15 1000"]);
  },
);

test.each([
  ["behind", -2 * 3_600],
  ["ahead of", 2 * 3_600],
])(
  "with a clock %s Stripe's, only the changes that the supporter made are mailed",
  async (_, siteClockAheadSeconds) => {
    await gifts.close();
    gifts = await openGiftFixture({ clockStartsAt: "2026-12-31T12:00:00Z", siteClockAheadSeconds });
    const gift = await gifts.begin();
    await gifts.press(pause, gift.id, { months: "1" });
    // The pause ends automatically. February has no 31st, so its payment is on the 28th. Later payments are on the 31st
    // again.
    await gifts.passUntil("2027-04-02");
    expect(await gifts.chargesOf(gift)).toEqual(["2026-12-31 1000", "2027-02-28 1000", "2027-03-31 1000"]);
    await gifts.press(changeDate, gift.id, { day: "15", shown: await gifts.shownOf(gift) });
    await gifts.passUntil("2027-07-20");
    expect(await gifts.changesMailed(gift)).toEqual(["paused", "date"]);
  },
);
