import { afterAll, beforeAll, expect, test } from "vitest";
import { checkBooks } from "./books-check";
import { openRecurringGiftFixture, type RecurringGiftTestEnvironment } from "./testing/recurring-fixture";

const DAY_S = 86_400;
let world: RecurringGiftTestEnvironment;

beforeAll(async () => {
  world = await openRecurringGiftFixture();
});
afterAll(() => world.close());

async function failNextCharge() {
  const gift = await world.begin({ interval: "month" });
  const { stripe } = world.bench;
  const refused = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: gift.customerId });
  await stripe.subscriptions.update(gift.subscriptionId, { default_payment_method: refused.id });
  await world.advance(33 * DAY_S);
  return gift;
}

const sinceOf = async (id: string) =>
  (await world.db.recurringGift.findUniqueOrThrow({ where: { id } })).overdueSince?.getTime() ?? null;

test("a gift is overdue since Stripe's first event about it, in any order of the events, and until it is paid", async () => {
  const gift = await failNextCharge();
  const events = await world.newEvents();
  const firstEvent = events.find(
    ({ type, data }) =>
      type === "customer.subscription.updated" && (data.object as { status?: string }).status === "past_due",
  );
  await world.recordEvents([...events.toReversed(), ...events]);
  expect(firstEvent).toBeDefined();
  expect(await sinceOf(gift.id)).toBe((firstEvent?.created ?? 0) * 1000);

  await world.db.recurringGift.update({ where: { id: gift.id }, data: { overdueSince: new Date(0) } });
  await checkBooks(world.db, { mode: "repair", graceMs: 0 });
  expect(await sinceOf(gift.id)).toBe((firstEvent?.created ?? 0) * 1000);

  const { stripe } = world.bench;
  await stripe.subscriptions.update(gift.subscriptionId, { default_payment_method: gift.methodId });
  const { data } = await stripe.invoices.list({ subscription: gift.subscriptionId, status: "open" });
  for (const { id } of data) await stripe.invoices.pay(id ?? "");
  await world.recordEvents();
  expect(await sinceOf(gift.id)).toBeNull();
});
