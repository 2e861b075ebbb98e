import { postControlAction, TEST_API_KEY } from "stripe-sandbox/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { IntervalUnit } from "../domain/giving/frequency";
import { queueCardExpiryNotices } from "../domain/ledger/renewal-mail";
import { rethrow } from "../domain/testing/rethrow";
import { publication } from "../publication";
import { currentTime } from "./clock";
import {
  openRecurringGiftFixture,
  type RecurringGiftTestEnvironment,
  type TestGift,
} from "./testing/recurring-fixture";

const DAY_S = 86_400;
const FAILS = "pm_card_chargeCustomerFail";

let world: RecurringGiftTestEnvironment;

beforeAll(async () => {
  world = await openRecurringGiftFixture();
});
afterAll(() => world.close());
afterEach(async () => {
  for await (const { id } of world.bench.stripe.subscriptions.list({ limit: 100 }))
    await world.bench.stripe.subscriptions.cancel(id);
  await world.recordEvents();
  await world.mails();
});

const subjects = (mails: string[]) => mails.map((mail) => mail.split("\n")[0]);
const DID_NOT_GO = `A payment to ${publication.name} did not go through`;
const STOPPED = `Your gift to ${publication.name} has stopped`;
const A_CHANGE = `A change at ${publication.name}`;
const THANKS = `Thank you: your receipt from ${publication.name}`;

/** Begins a recurring gift whose first payment succeeds. Discards the e-mail about this payment. */
async function begin(interval: IntervalUnit = "month", count = 1): Promise<TestGift> {
  const gift = await world.begin({ interval, count });
  await world.mails();
  return gift;
}

async function failFromNowOn(gift: TestGift): Promise<void> {
  await putCard(gift, (await world.bench.stripe.paymentMethods.attach(FAILS, { customer: gift.customerId })).id);
}

/** Changes the gift's card. Discards the e-mail that confirms the new card. */
async function putCard({ subscriptionId }: TestGift, methodId: string): Promise<void> {
  await world.bench.stripe.subscriptions.update(subscriptionId, { default_payment_method: methodId });
  await world.recordEvents();
  expect(subjects(await world.mails())).toEqual([A_CHANGE]);
}

const putGoodCard = (gift: TestGift) => putCard(gift, gift.methodId);

/** Advances the clock to this many days after the gift's next charge. */
async function passCharge({ id }: TestGift, days: number): Promise<void> {
  const { chargesNextAt } = await world.db.recurringGift.findUniqueOrThrow({ where: { id } });
  const untilMs = (chargesNextAt?.getTime() ?? 0) - currentTime().getTime();
  await world.advance(Math.ceil(untilMs / 1000) + days * DAY_S + 60);
}

/**
 * Advances the clock in one step to the last days before a monthly gift's next charge. Checks that no e-mail is sent in
 * this time.
 */
async function passQuietDays(): Promise<void> {
  await world.advance(28 * DAY_S);
  await world.recordEvents();
  expect(await world.mails()).toEqual([]);
}

/** Advances the clock day by day and runs the site's jobs on each day. Returns the subjects of the e-mails. */
async function liveThrough(days: number): Promise<string[]> {
  const mails: string[] = [];
  for (let day = 0; day < days; day += 1) {
    await world.advance(DAY_S);
    await world.recordEvents();
    mails.push(...(await world.mails()));
  }
  return mails;
}

/** Returns the keys of the failed attempts for which an e-mail is queued. */
async function queuedFor({ subscriptionId }: TestGift): Promise<string[]> {
  const rows = await world.db.outboxMail.findMany({
    where: { kind: "renewal-failed", values: { contains: subscriptionId } },
  });
  return rows.map(({ factKey }) => factKey.replace("renewal:", "")).sort();
}

/** Returns when the e-mails about these attempts were queued, in the order of the attempts. */
async function queueTimesOf(attempts: { key: string }[]): Promise<(Date | undefined)[]> {
  const rows = await world.db.outboxMail.findMany({ where: { kind: "renewal-failed" } });
  return attempts.map(({ key }) => rows.find(({ factKey }) => factKey === `renewal:${key}`)?.queuedAt);
}

async function attemptsOf({ subscriptionId }: TestGift): Promise<string[]> {
  const rows = await world.db.failedAttempt.findMany({ where: { subscriptionId } });
  return rows.map(({ key }) => key).sort();
}

describe("a renewal that fails", () => {
  test("sends one e-mail for each attempt, with the day of the next one, and a last one when Stripe gives up", async () => {
    const gift = await begin();
    await failFromNowOn(gift);
    await passQuietDays();
    const mails = await liveThrough(20);
    const attempts = await world.db.failedAttempt.findMany({ where: { subscriptionId: gift.subscriptionId } });
    expect(attempts.length).toBeGreaterThan(1);
    expect(await queueTimesOf(attempts)).toEqual(attempts.map(({ recordedAt }) => recordedAt));
    expect(subjects(mails)).toEqual([...attempts.slice(1).map(() => DID_NOT_GO), STOPPED]);
    const [first = ""] = mails;
    const next = attempts.find(({ key }) => key.endsWith(":1"))?.nextAttemptAt ?? new Date(0);
    const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "Europe/Moscow" }).format(next);
    expect(first).toContain(`We will try again on ${day}.`);
    expect(first).toMatch(/Pay now, pause or end:\nhttp:\/\/127\.0\.0\.1:3000\/your-gift\/\S+/);
    expect(mails.at(-1)).toContain("we never charge missed payments later");
    expect(mails.at(-1)).toContain("Give again:\nhttp://127.0.0.1:3000/give");
    expect(await liveThrough(5)).toEqual([]);
    const invoices = (await world.bench.stripe.invoices.list({ subscription: gift.subscriptionId })).data;
    expect(invoices.map(({ status }) => status)).toEqual(["void", "paid"]);
  });

  test("sends thanks that mention the failure once it recovers, and no more e-mail about the failure", async () => {
    const gift = await begin();
    await failFromNowOn(gift);
    await passQuietDays();
    const failed = await liveThrough(4);
    expect(new Set(subjects(failed))).toEqual(new Set([DID_NOT_GO]));
    await putGoodCard(gift);
    const after = await liveThrough(4);
    expect(subjects(after)).toEqual([THANKS]);
    expect(after[0]).toContain("The payment that did not go through at first has now arrived.");
  });

  test("sends no e-mail about the failure if the gift is cancelled before the e-mail leaves", async () => {
    const gift = await begin();
    await failFromNowOn(gift);
    await passCharge(gift, 0);
    await world.recordEvents();
    await world.bench.stripe.subscriptions.cancel(gift.subscriptionId);
    await world.recordEvents();
    expect(subjects(await world.mails())).toEqual([A_CHANGE]);
  });

  test("sends the same e-mails whatever the order and repetition of its events", async () => {
    const gift = await begin();
    await failFromNowOn(gift);
    await passCharge(gift, 1);
    const events = await world.newEvents();
    await world.recordEvents([...events.toReversed(), ...events]);
    expect(await queuedFor(gift)).toEqual(await attemptsOf(gift));
    expect((await attemptsOf(gift)).length).toBeGreaterThan(1);
  });

  test("is e-mailed to a supporter who becomes known only afterwards", async () => {
    const gift = await begin();
    await failFromNowOn(gift);
    await world.db.recurringGift.update({ where: { id: gift.id }, data: { supporterId: null } });
    await passCharge(gift, 1);
    await world.recordEvents();
    expect(await queuedFor(gift)).toEqual(await attemptsOf(gift));
  });

  test("sends no e-mail if its event arrives much later", async () => {
    const gift = await begin();
    await failFromNowOn(gift);
    await passCharge(gift, 30);
    const failed = (await world.newEvents()).filter(({ type }) => type === "invoice.payment_failed");
    const old = failed.slice(0, 1);
    expect(old).toHaveLength(1);
    await world.recordEvents(old);
    expect(await world.mails()).toEqual([]);
    expect(await world.db.failedAttempt.count({ where: { subscriptionId: gift.subscriptionId } })).toBe(1);
  });
});

describe("a renewal that needs the bank's confirmation", () => {
  test("sends one e-mail for both of Stripe's events, with a link to Stripe's page of the invoice", async () => {
    const { GET: pay } = await import("../app/your-gift/[token]/pay/route");
    const gift = await begin();
    const asks = await world.bench.stripe.paymentMethods.attach("pm_card_authenticationRequired", {
      customer: gift.customerId,
    });
    await putCard(gift, asks.id);
    await passCharge(gift, 0);
    const events = await world.newEvents();
    const types = events.map(({ type }) => type);
    expect(types).toContain("invoice.payment_action_required");
    expect(types).toContain("invoice.payment_failed");
    await world.recordEvents(events);
    const mails = await world.mails();
    expect(subjects(mails)).toEqual([DID_NOT_GO]);
    const token = /\/your-gift\/(\S+)/.exec(mails[0] ?? "")?.[1] ?? "";
    const answer = await pay(new Request("http://127.0.0.1:3000/"), { params: Promise.resolve({ token }) });
    const [open] = (await world.bench.stripe.invoices.list({ subscription: gift.subscriptionId, status: "open" })).data;
    expect(answer.headers.get("location")).toBe(open?.hosted_invoice_url);
  });
});

describe("a notice to a supporter", () => {
  test("comes once before a yearly charge and one every 52 weeks, with the day and the amount, but not before a monthly charge", async () => {
    await begin("year");
    await begin("week", 52);
    await begin("month");
    const notices: string[] = [];
    const upcoming = [];
    for (const days of [29, 29, 300, 1]) {
      await world.advance(days * DAY_S);
      const events = await world.newEvents();
      upcoming.push(...events.filter(({ type }) => type === "invoice.upcoming"));
      await world.recordEvents(events);
      await world.recordEvents(upcoming);
      notices.push(...(await world.mails()).filter((mail) => mail.includes("renews soon")));
    }
    expect(upcoming.length).toBeGreaterThan(1);
    expect(notices).toHaveLength(2);
    for (const notice of notices) {
      expect(notice).toContain("Amount   $10.00");
      expect(notice).toMatch(/On +\w+ \d+, 20\d\d/);
    }
  });

  test("comes once before a card expires", async () => {
    const gift = await begin();
    const { cardExpiresAt } = await world.db.recurringGift.findUniqueOrThrow({ where: { id: gift.id } });
    const soon = new Date((cardExpiresAt?.getTime() ?? 0) - 20 * DAY_S * 1000);
    await queueCardExpiryNotices(world.db, new Date(soon.getTime() - 20 * DAY_S * 1000), rethrow);
    expect(await world.db.outboxMail.count({ where: { kind: "card-expires" } })).toBe(0);
    await queueCardExpiryNotices(world.db, soon, rethrow);
    await queueCardExpiryNotices(world.db, new Date(soon.getTime() + DAY_S * 1000), rethrow);
    expect(await world.db.outboxMail.count({ where: { kind: "card-expires" } })).toBe(1);
  });

  test("about a card is withdrawn when the bank replaces it", async () => {
    const gift = await begin();
    const { cardExpiresAt } = await world.db.recurringGift.findUniqueOrThrow({ where: { id: gift.id } });
    await queueCardExpiryNotices(world.db, new Date((cardExpiresAt?.getTime() ?? 0) - 20 * DAY_S * 1000), rethrow);
    const replaced = await postControlAction(world.bench.url, "replace-card", {
      key: TEST_API_KEY,
      payment_method: gift.methodId,
    });
    expect(replaced.status).toBe(200);
    await world.recordEvents();
    const { cardExpiresAt: renewed } = await world.db.recurringGift.findUniqueOrThrow({ where: { id: gift.id } });
    expect(renewed?.getTime()).toBeGreaterThan(cardExpiresAt?.getTime() ?? 0);
    await world.db.outboxMail.updateMany({ where: { kind: "card-expires" }, data: { sendAfter: currentTime() } });
    expect(await world.mails()).toEqual([]);
  });
});
