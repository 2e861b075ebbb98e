// Tests invoices that a customer's credit balance pays in part or in full. Only what the card paid is money that moved.
import type Stripe from "stripe";

import { afterAll, beforeAll, expect, test } from "vitest";
import { listBooksDifferences } from "../domain/ledger/check/store/progress";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { checkBooks } from "./books-check";
import { makeTestGiftMetadata } from "./testing/own-metadata";
import { recordEventsInOrder } from "./testing/record-events";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { testEnvironmentFor } from "./testing/stripes-books";

const metadata = makeTestGiftMetadata();
const MONTHLY = 1_000;

let fixture: StandIn;

beforeAll(async () => {
  fixture = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(fixture));
  for (const credit of [0, 300, MONTHLY, 4 * MONTHLY]) await subscribe(fixture.stripe, credit);
});
afterAll(() => fixture.close());

async function subscribe(stripe: Stripe, credit: number): Promise<void> {
  const customer = await stripe.customers.create({ email: `credit-of-${credit}@example.org`, balance: -credit });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const product = await stripe.products.create({ name: "Reader support" });
  const price = {
    currency: "usd",
    product: product.id,
    unit_amount: MONTHLY,
    recurring: { interval: "month" as const },
  };
  await stripe.subscriptions.create({
    customer: customer.id,
    default_payment_method: card.id,
    items: [{ price_data: price }],
    metadata,
  });
}

test("records and thanks for only the card's part of invoices that credit pays in part or in full", async () => {
  const invoices = (await fixture.stripe.invoices.list({ limit: 100 })).data;
  expect(invoices.map(({ total, amount_paid, status }) => [total, amount_paid, status])).toEqual([
    ...[0, 0, 700, 1_000].map((paid) => [MONTHLY, paid, "paid"]),
  ]);
  const db = await openEmptyLedger();
  const events = (await fixture.stripe.events.list({ limit: 100 })).data;
  await recordEventsInOrder(db, events.toReversed());
  const booked = await db.payment.findMany({ orderBy: { amountMinor: "asc" } });
  expect(booked.map(({ amountMinor }) => amountMinor)).toEqual([700n, 1_000n]);
  expect(await db.outboxMail.count({ where: { kind: "thanks" } })).toBe(2);
  expect(await db.recurringGift.count()).toBe(4);
  const total = await db.total.findFirst({ where: { period: "ever", by: "frequency", settledCurrency: "" } });
  expect(total).toMatchObject({ payments: 2, grossMinor: 1_700n });
  const { id } = await checkBooks(db, { mode: "check", graceMs: 0 });
  expect((await listBooksDifferences(db, id)).filter(({ place }) => !place.startsWith("recurring-gift"))).toEqual([]);
  await db.$disconnect();
});

test("records and thanks for only the card's part when the books are rebuilt", async () => {
  const db = await openEmptyLedger();
  await checkBooks(db, { mode: "repair", graceMs: 0 });
  const booked = await db.payment.findMany({ orderBy: { amountMinor: "asc" } });
  expect(booked.map(({ amountMinor }) => amountMinor)).toEqual([700n, 1_000n]);
  const { id } = await checkBooks(db, { mode: "check", graceMs: 0 });
  expect(await listBooksDifferences(db, id)).toEqual([]);
  await db.$disconnect();
});
