// Tests that the site announces the day on which Stripe really charges. Stripe charges a renewal an hour after the old
// period has ended, which can be on the next day.
import type Stripe from "stripe";
import {
  advanceClockTo,
  changeCard,
  HOUR_SECONDS,
  monthlyPriceData,
  openTestSandbox,
  type TestSandbox,
} from "stripe-sandbox/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dayOn } from "../domain/calendar";
import { publication } from "../publication";
import { paidInvoiceFacts } from "./stripe/facts/invoice";
import { recurringStateOf } from "./stripe/subscription";
import { makeTestGiftMetadata } from "./testing/own-metadata";

const metadata = makeTestGiftMetadata();
/** Half an hour before midnight in the newsroom's time zone, in seconds. */
const LATE = Date.UTC(2027, 0, 6, 20, 30) / 1000;

let fixture: TestSandbox;
beforeAll(async () => {
  fixture = await openTestSandbox();
});
afterAll(() => fixture.close());

const day = (at: Date | null | undefined) => at && dayOn(at, publication.timeZone);

test("announces a renewal whose period ends late in the evening for the day on which it is charged", async () => {
  const { stripe } = fixture;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: LATE });
  const { id: customer } = await stripe.customers.create({ test_clock: clock.id, email: "reader@example.org" });
  await changeCard(fixture, customer, "pm_card_visa");
  const { id: product } = await stripe.products.create({ name: "Reader support" });
  const items = [{ price_data: monthlyPriceData(product, 1_000) }];
  const subscription = await stripe.subscriptions.create({ customer, items, metadata });
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  const promised = recurringStateOf(subscription)?.chargesNextAt;
  expect(day(new Date(end * 1000))).toBe("2027-02-06");
  expect(day(promised)).toBe("2027-02-07");
  await advanceClockTo(fixture, clock, end + 2 * HOUR_SECONDS);
  const { latest_invoice } = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  const [payment] = paidInvoiceFacts(latest_invoice as Stripe.Invoice);
  expect(payment).toMatchObject({ kind: "recurring-payment", paidAt: promised });
});
