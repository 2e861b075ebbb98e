import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import {
  monthlyGiftParams,
  oneTimeGiftParams,
  openTestSandbox,
  submitCheckoutForm,
  submitForm,
  type TestSandbox,
} from "./testing/test-sandbox";

let bench: TestSandbox;
let clock = 1_790_000_000;

beforeAll(async () => {
  bench = await openTestSandbox({ now: () => clock });
});
afterAll(() => bench.close());

const DECLINED = "4000 0000 0000 0002";
const CHALLENGED = "4000 0027 6000 3184";

async function openSession(params: Stripe.Checkout.SessionCreateParams = oneTimeGiftParams()) {
  return bench.stripe.checkout.sessions.create(params);
}

describe("a one-time gift", () => {
  test("a one-time gift is paid, redirects to the site with the session's id, and sends Stripe's events in order", async () => {
    const session = await openSession();
    expect(session).toMatchObject({ status: "open", payment_status: "unpaid", payment_intent: null, customer: null });
    const { status, location } = await submitCheckoutForm(session);
    expect(status).toBe(303);
    expect(location).toBe(`https://site.example/thank-you?session=${session.id}`);
    expect(await bench.takeEventTypesUntil("charge.updated")).toEqual(listEventsInSandboxDocs("one-time gift"));
  });

  test("a one-time gift is booked with fee and net, and copies the intent's metadata to the charge", async () => {
    const session = await openSession(oneTimeGiftParams(2_000, "eur"));
    await submitCheckoutForm(session);
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge.balance_transaction", "line_items"],
    });
    expect(paid).toMatchObject({ status: "complete", payment_status: "paid", customer: null, url: null });
    expect(paid.customer_details).toMatchObject({ email: "reader@example.org", name: "Rosa Reader" });
    expect(paid.line_items?.data[0]).toMatchObject({ amount_total: 2_000, description: "Reader support" });
    expect(paid.payment_intent).toMatchObject({
      metadata: { gift: "g_once" },
      latest_charge: {
        metadata: { gift: "g_once" },
        balance_transaction: { amount: 2_000, fee: 83, net: 1_917, currency: "eur", exchange_rate: null },
      },
    });
    await bench.takeEventTypesUntil("charge.updated");
  });

  test("a gift in dinars settles in dollars with an exchange rate", async () => {
    const session = await openSession(oneTimeGiftParams(5_000, "kwd"));
    await submitCheckoutForm(session);
    const { data } = await bench.stripe.balanceTransactions.list({ limit: 1 });
    expect(data[0]).toMatchObject({ amount: 1_625, currency: "usd", exchange_rate: 0.325, fee: 77, net: 1_548 });
    await bench.takeEventTypesUntil("charge.updated");
  });

  test("a charge has no balance transaction when it succeeds, and has one a moment later", async () => {
    await submitCheckoutForm(await openSession());
    await bench.takeEventTypesUntil("charge.updated");
    const { data } = await bench.stripe.events.list({ types: ["charge.succeeded", "charge.updated"], limit: 2 });
    const [updated, succeeded] = data;
    expect(succeeded?.data.object).toMatchObject({ balance_transaction: null });
    expect(updated?.data.object).toMatchObject({ balance_transaction: expect.stringMatching(/^txn_/) });
    expect(updated?.data.previous_attributes).toEqual({ balance_transaction: null });
  });

  test("a one-time gift is paid once if the button is pressed twice at the same time", async () => {
    const session = await openSession();
    const [first, second] = await Promise.all([submitCheckoutForm(session), submitCheckoutForm(session)]);
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.location).toBe(first.location);
    const types = await bench.takeEventTypesUntil("charge.updated");
    expect(types.filter((type) => type === "charge.succeeded")).toHaveLength(1);
  });
});

describe("a declined card", () => {
  test("a declined card shows the reason and keeps the session open; a good card then pays the same payment intent", async () => {
    const session = await openSession();
    const refused = await submitCheckoutForm(session, { cardNumber: DECLINED });
    expect(refused.status).toBe(200);
    expect(refused.page).toContain("Your card was declined.");
    const tried = await bench.stripe.checkout.sessions.retrieve(session.id);
    expect(tried).toMatchObject({ status: "open", payment_status: "unpaid" });
    expect((await submitCheckoutForm(session)).status).toBe(303);
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id);
    expect(paid.payment_intent).toBe(tried.payment_intent);
    const charges = await bench.stripe.charges.list({ payment_intent: String(paid.payment_intent) });
    expect(charges.data.map(({ status }) => status)).toEqual(["succeeded", "failed"]);
    expect(await bench.takeEventTypesUntil("charge.updated")).toEqual(listEventsInSandboxDocs("declined, then paid"));
  });

  test.each([
    ["4000000000009995", "insufficient_funds", "Your card has insufficient funds."],
    ["4000000000000069", "expired_card", "Your card has expired."],
    ["4000000000000127", "incorrect_cvc", "Your card&#39;s security code is incorrect."],
  ])("the test card %s is declined with %s, and its message is shown", async (cardNumber, declineCode, message) => {
    const session = await openSession();
    expect((await submitCheckoutForm(session, { cardNumber })).page).toContain(message);
    const { data } = await bench.stripe.paymentIntents.list({ limit: 1 });
    expect(data[0]?.last_payment_error?.decline_code).toBe(declineCode);
    await bench.takeEventTypesUntil("payment_intent.payment_failed");
  });

  test("a card that is not a test card is declined, and only its last four digits are kept", async () => {
    const session = await openSession();
    expect((await submitCheckoutForm(session, { cardNumber: "4111 1111 1111 1111" })).page).toContain("non test card");
    const { data } = await bench.stripe.charges.list({ limit: 1 });
    expect(data[0]?.payment_method_details?.card?.last4).toBe("1111");
    await bench.takeEventTypesUntil("payment_intent.payment_failed");
  });
});

describe("3-D Secure", () => {
  test("3-D Secure challenges the payer, and charges once the challenge is completed", async () => {
    const session = await openSession();
    const { location } = await submitCheckoutForm(session, { cardNumber: CHALLENGED });
    expect(location).toBe(`/c/pay/${session.id}/authenticate`);
    const challenge = new URL(location ?? "", bench.url).href;
    expect(await (await fetch(challenge)).text()).toContain("Complete authentication");
    expect((await submitForm(challenge, { answer: "complete" })).location).toContain(session.id);
    expect(await bench.takeEventTypesUntil("charge.updated")).toEqual(listEventsInSandboxDocs("3-D Secure passed"));
    const { data } = await bench.stripe.charges.list({ limit: 1 });
    expect(data[0]?.payment_method_details?.card?.three_d_secure?.result).toBe("authenticated");
  });

  test("a failed 3-D Secure challenge charges nothing and leaves the session open", async () => {
    const session = await openSession();
    await submitCheckoutForm(session, { cardNumber: CHALLENGED });
    const failed = await submitForm(`${bench.url}/c/pay/${session.id}/authenticate`, { answer: "fail" });
    expect(failed.page).toContain("unable to authenticate");
    // This page is served at the challenge's URL. The page's form must still post to the session's payment page.
    expect(failed.page).toContain(`action="/c/pay/${session.id}"`);
    expect(await bench.takeEventTypesUntil("payment_intent.payment_failed")).toEqual(
      listEventsInSandboxDocs("3-D Secure failed"),
    );
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
  });
});

describe("an abandoned session", () => {
  test("an abandoned session expires on time and sends the event", async () => {
    const session = await openSession({ ...oneTimeGiftParams(), expires_at: clock + 30 * 60 });
    clock += 31 * 60;
    expect(await bench.takeEventTypesUntil("checkout.session.expired")).toEqual(listEventsInSandboxDocs("abandoned"));
    expect(await bench.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: "expired", url: null });
    const page = await fetch(`${bench.url}/c/pay/${session.id}`);
    expect(await page.text()).toContain("This page has expired");
    expect((await submitCheckoutForm(session)).page).toContain("This page has expired");
  });

  test("a session can be expired through the API only once", async () => {
    const session = await openSession();
    expect((await bench.stripe.checkout.sessions.expire(session.id)).status).toBe("expired");
    await expect(bench.stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ statusCode: 400 });
    await bench.takeEventTypesUntil("checkout.session.expired");
  });
});

describe("the page", () => {
  test("the page shows an error beside each wrong field, and never returns card data", async () => {
    const session = await openSession();
    const fields = {
      email: "nobody",
      cardNumber: "4242424242424241",
      cardExpiry: "01/20",
      cardCvc: "12",
      billingName: "",
    };
    const { page } = await submitCheckoutForm(session, fields);
    for (const name of ["email", "cardNumber", "cardExpiry", "cardCvc", "billingName"])
      expect(page).toContain(`aria-describedby="${name}-error"`);
    expect(page).not.toContain("4242424242424241");
    expect(page).toContain("expiry date is in the past");
  });

  test.each([
    ["usd", 2_000, "$20.00"],
    ["jpy", 2_000, "¥2,000"],
    ["kwd", 1_500, "KWD&#160;1.500"],
  ])("the page shows an amount in %s with the currency's decimals", async (currency, amount, shown) => {
    const session = await openSession(oneTimeGiftParams(amount, currency));
    const page = await (await fetch(session.url ?? "")).text();
    expect(page.replaceAll("\u00a0", "&#160;")).toContain(shown);
  });

  test("the page has a cancel link, escapes input, and allows the return URL in its content security policy", async () => {
    const name = `<script>alert("x")</script>`;
    const price_data = { currency: "usd", unit_amount: 500, product_data: { name } };
    const session = await openSession({
      ...oneTimeGiftParams(),
      line_items: [{ price_data }],
      customer_email: "known@example.org",
    });
    const response = await fetch(session.url ?? "");
    const page = await response.text();
    expect(response.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'.*form-action 'self' https:\/\/site\.example;/,
    );
    expect(page).toContain('href="https://site.example/give"');
    expect(page).toContain('value="known@example.org"');
    expect(page).not.toContain("<script>");
  });

  test("a session that does not exist has a 404 page", async () => {
    expect((await fetch(`${bench.url}/c/pay/cs_test_nothing`)).status).toBe(404);
  });
});

test("a monthly gift creates a customer, a subscription and a paid invoice, and sends Stripe's events in order", async () => {
  const session = await openSession(monthlyGiftParams());
  expect((await submitCheckoutForm(session)).status).toBe(303);
  expect(await bench.takeEventTypesUntil("charge.updated")).toEqual(listEventsInSandboxDocs("first recurring gift"));
});
