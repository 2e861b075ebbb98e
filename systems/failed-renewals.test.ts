// Tests how the site learns why a renewal failed: the event of its invoice does not contain the reason.
import {
  accountIdOf,
  advanceAccountClock,
  monthlyGiftParams,
  submitCheckoutForm,
  TEST_API_KEY,
} from "stripe-sandbox/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmptyLedger } from "../prisma/empty-ledger";
import type { Db } from "./database";
import { makeTestGiftMetadata } from "./testing/own-metadata";
import { recordEventsInOrder } from "./testing/record-events";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { testEnvironmentFor } from "./testing/stripes-books";

const metadata = makeTestGiftMetadata();
const MONTH_S = 32 * 86_400;

let fixture: StandIn;
let db: Db;
let subscription: string;

beforeAll(async () => {
  fixture = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(fixture));
  const { stripe, sandbox } = fixture;
  const session = await stripe.checkout.sessions.create({
    ...monthlyGiftParams(),
    subscription_data: { metadata },
    metadata,
  });
  await submitCheckoutForm(session);
  const paid = await stripe.checkout.sessions.retrieve(session.id);
  subscription = String(paid.subscription);
  const refused = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: String(paid.customer) });
  await stripe.subscriptions.update(subscription, { default_payment_method: refused.id });
  await advanceAccountClock(sandbox, accountIdOf(TEST_API_KEY), MONTH_S);
  db = await openEmptyLedger();
  await recordEventsInOrder(db, (await stripe.events.list({ limit: 100 })).data.toReversed());
});
afterAll(async () => {
  await db.$disconnect();
  await fixture.close();
});

test("stores Stripe's reason for every failed attempt at a renewal", async () => {
  const attempts = await db.failedAttempt.findMany({ where: { subscriptionId: subscription } });
  expect(attempts.length).toBeGreaterThan(0);
  expect(attempts.map(({ code }) => code)).toEqual(attempts.map(() => "card_declined"));
});

test("leaves no question to Stripe open", async () => {
  expect(await db.followUp.findMany({ where: { key: { startsWith: "attempt:" } } })).toEqual([]);
});
