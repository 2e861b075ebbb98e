// Tests one payment intent with two attempts: a bank debit that bounced and cost a fee, then a card that paid.
import { setTimeout as delay } from "node:timers/promises";
import type Stripe from "stripe";
import { oneTimeGiftParams, submitCheckoutForm } from "stripe-sandbox/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listBooksDifferences } from "../domain/ledger/check/store/progress";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { checkBooks } from "./books-check";
import type { Db } from "./database";
import { makeTestGiftMetadata } from "./testing/own-metadata";
import { recordEventsInOrder } from "./testing/record-events";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { testEnvironmentFor } from "./testing/stripes-books";

const metadata = makeTestGiftMetadata();
const BOUNCES_AT_ONCE = "AT86 1904 3002 3547 3202";

let fixture: StandIn;
let events: Stripe.Event[];
let intent: string;

beforeAll(async () => {
  fixture = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(fixture));
  const { stripe } = fixture;
  const params = { ...oneTimeGiftParams(2_000, "eur"), payment_intent_data: { metadata }, metadata };
  const session = await stripe.checkout.sessions.create(params);
  await submitCheckoutForm(session, { method: "sepa_debit", iban: BOUNCES_AT_ONCE, accountHolder: "Rosa Reader" });
  intent = String((await stripe.checkout.sessions.retrieve(session.id)).payment_intent);
  while ((await stripe.paymentIntents.retrieve(intent)).status === "processing") await delay(20);
  await stripe.paymentIntents.confirm(intent, { payment_method: "pm_card_visa" });
  await stripe.refunds.create({ payment_intent: intent, amount: 500 });
  events = (await stripe.events.list({ limit: 100 })).data;
});
afterAll(() => fixture.close());

const ORDERS: Record<string, () => Stripe.Event[]> = {
  "in order": () => events.toReversed(),
  "newest first": () => events,
  "those of the debit last": () => events.toSorted((a, b) => Number(isOfDebit(a)) - Number(isOfDebit(b))),
};

test.each(Object.keys(ORDERS))(
  "the payment is settled once, by the card, with the debit's fee (events %s)",
  async (order) => {
    const db = await openEmptyLedger();
    await recordEventsInOrder(db, ORDERS[order]?.() ?? []);
    await expectSettledOnce(db);
  },
);

test("a ledger rebuilt from Stripe settles the card payment once, although a debit bounced before it", async () => {
  const db = await openEmptyLedger();
  await checkBooks(db, { mode: "repair", graceMs: 0 });
  await expectSettledOnce(db);
});

test("records the balance change of a pending debit, and the comparison with Stripe finds no difference", async () => {
  const db = await openEmptyLedger();
  const { stripe } = fixture;
  const params = {
    ...oneTimeGiftParams(3_000, "eur"),
    payment_intent_data: { metadata: makeTestGiftMetadata("2") },
    metadata: makeTestGiftMetadata("2"),
  };
  const session = await stripe.checkout.sessions.create(params);
  await submitCheckoutForm(session, {
    method: "sepa_debit",
    iban: "DE89 3704 0044 0532 0130 00",
    accountHolder: "Rosa Reader",
  });
  await recordEventsInOrder(db, (await stripe.events.list({ limit: 100 })).data.toReversed());
  const pending = String((await stripe.checkout.sessions.retrieve(session.id)).payment_intent);
  expect(await db.payment.findUnique({ where: { paymentIntentId: pending } })).toMatchObject({ status: "pending" });
  const { id } = await checkBooks(db, { mode: "check", graceMs: 0 });
  expect(await listBooksDifferences(db, id)).toEqual([]);
});

async function expectSettledOnce(db: Db): Promise<void> {
  const { data: charges } = await fixture.stripe.charges.list({ payment_intent: intent });
  const card = charges.find(({ status }) => status === "succeeded");
  expect(await db.payment.findMany()).toMatchObject([{ chargeId: card?.id, status: "succeeded", refundedMinor: 500n }]);
  const [total] = await db.total.findMany({ where: { period: "ever", by: "frequency", settledCurrency: "EUR" } });
  expect(total).toMatchObject({ settledPayments: 1, settledMinor: 2_000n });
  expect(await db.balanceEntry.count({ where: { kind: { startsWith: "payment" } } })).toBe(3);
  const { id } = await checkBooks(db, { mode: "check", graceMs: 0 });
  expect(await listBooksDifferences(db, id)).toEqual([]);
  await db.$disconnect();
}

function isOfDebit({ data: { object } }: Stripe.Event): boolean {
  return object.object === "charge" && object.status !== "succeeded";
}
