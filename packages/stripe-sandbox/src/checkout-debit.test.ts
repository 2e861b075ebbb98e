import { afterAll, beforeAll, expect, test } from "vitest";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import {
  monthlyGiftParams,
  oneTimeGiftParams,
  openTestSandbox,
  stripeClientFor,
  submitCheckoutForm,
  type TestSandbox,
} from "./testing/test-sandbox";

let bench: TestSandbox;
let clock = 1_790_000_000;

beforeAll(async () => {
  bench = await openTestSandbox({ now: () => clock });
});
afterAll(() => bench.close());

const DAYS_UNTIL_DECIDED = 14 * 86_400;

function debit(iban: string) {
  return { method: "sepa_debit", iban, accountHolder: "Rosa Reader" };
}

test("a bank debit is offered in euro beside the card, unless it is excluded", async () => {
  // Uses a separate Stripe account, because this test does not pay all its Checkout sessions. In the account of the
  // other tests, events about these sessions would later disturb the other tests.
  const stripe = stripeClientFor(bench.url, "sk_test_offers");
  const session = await stripe.checkout.sessions.create(oneTimeGiftParams(2_000, "eur"));
  expect(session.payment_method_types).toEqual(["card", "sepa_debit"]);
  const page = await (await fetch(session.url ?? "")).text();
  expect(page).toContain("By providing your IBAN and confirming this payment");
  const without = { ...oneTimeGiftParams(2_000, "eur"), excluded_payment_method_types: ["sepa_debit" as const] };
  expect((await stripe.checkout.sessions.create(without)).payment_method_types).toEqual(["card"]);
  const monthly = await stripe.checkout.sessions.create(monthlyGiftParams(1_000, "eur"));
  expect(monthly.payment_method_types).toEqual(["card", "sepa_debit"]);
  const refused = await submitCheckoutForm(session, debit("DE89370400440532013001"));
  expect(refused.page).toContain("This IBAN is invalid.");
  expect(refused.page).not.toContain("DE89370400440532013001");
});

test.each([
  ["settles", "DE89 3704 0044 0532 0130 00", "async_payment_succeeded", "paid"],
  ["bounces", "DE62 3704 0044 0532 0130 01", "async_payment_failed", "unpaid"],
] as const)("a debit that %s is reported days after the session is complete", async (what, iban, last, status) => {
  const session = await bench.stripe.checkout.sessions.create(oneTimeGiftParams(2_000, "eur"));
  const { location } = await submitCheckoutForm(session, debit(iban));
  expect(location).toBe(`https://site.example/thank-you?session=${session.id}`);
  const pending = await bench.stripe.checkout.sessions.retrieve(session.id);
  expect(pending).toMatchObject({ status: "complete", payment_status: "unpaid" });
  clock += DAYS_UNTIL_DECIDED;
  const events = await bench.takeEventTypesUntil(`checkout.session.${last}`);
  expect(events).toEqual(listEventsInSandboxDocs(`SEPA debit at Checkout that ${what}`));
  expect((await bench.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe(status);
});
