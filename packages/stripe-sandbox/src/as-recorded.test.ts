// Compares the stand-in's answers with answers of the real Stripe, which other projects recorded.
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { TEST_CARDS } from "./test-cards";
import { type RawCallOptions, rawCall } from "./testing/raw-call";
import {
  CLOCK_START_SECONDS,
  changeCard,
  createTestSubscription,
  DAY_SECONDS,
  firstSubscriptionItemOf,
  monthlyPriceData,
} from "./testing/subscriber";
import {
  CONFIRM_WITHOUT_REDIRECT_PARAMS,
  monthlyGiftParams,
  oneTimeGiftParams,
  openTestSandbox,
  RETURN_URL,
  stripeClientFor,
  submitCheckoutForm,
  TEST_API_KEY,
  type TestSandbox,
} from "./testing/test-sandbox";

let bench: TestSandbox;
let stripe: Stripe;

beforeAll(async () => {
  bench = await openTestSandbox();
  ({ stripe } = bench);
});
afterAll(() => bench.close());

const call = (path: string, more: RawCallOptions = {}) => rawCall(bench.url, path, more);
const post = (path: string, body: string, headers: RawCallOptions["headers"] = {}) =>
  call(path, { method: "POST", body, headers });

async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  try {
    return await work();
  } finally {
    stderr.mockRestore();
  }
}

const GIFT = { amount: 500, currency: "usd" } as const;

describe("parameters of a call", () => {
  test.each(["true", "True", "TRUE"])(
    "a parameter accepts %s as true, as older Python and .NET packages spell it",
    async (yes) => {
      const body = `amount=500&currency=usd&payment_method=pm_card_visa&payment_method_types[]=card&confirm=${yes}`;
      expect((await post("/v1/payment_intents", body)).json.status).toBe("succeeded");
    },
  );

  test.each(["1", "yes", "t"])("a parameter refuses %s as a boolean", async (no) => {
    const { status, json } = await post("/v1/payment_intents", `amount=500&currency=usd&confirm=${no}`);
    expect([status, json.error.message]).toEqual([400, `Invalid boolean: ${no}`]);
  });

  test("a call accepts the right client secret beside the secret key, and refuses a wrong one", async () => {
    const { id, client_secret } = await stripe.setupIntents.create({ payment_method: "pm_card_visa" });
    const body = (secret: string | null) => `client_secret=${secret}&return_url=https://site.example/`;
    expect((await post(`/v1/setup_intents/${id}/confirm`, body("wrong"))).status).toBe(400);
    expect((await post(`/v1/setup_intents/${id}/confirm`, body(client_secret))).json.status).toBe("succeeded");
  });

  test("a value that is not implemented is answered 501; a value that Stripe does not know gets Stripe's 400", async () => {
    const created = (more: object) => stripe.checkout.sessions.create({ ...oneTimeGiftParams(), ...more });
    await expect(created({ locale: "xx" })).rejects.toMatchObject({
      statusCode: 400,
      param: "locale",
      message: expect.stringMatching(/^Invalid locale: must be one of auto, bg, cs, .*zh-HK, or zh-TW$/),
    });
    expect((await created({ locale: "fil" })).locale).toBe("fil");
    await quietly(async () => {
      await expect(stripe.paymentIntents.create({ ...GIFT, confirmation_method: "manual" })).rejects.toMatchObject({
        statusCode: 501,
        code: "not_built",
      });
      await expect(stripe.paymentMethods.create({ type: "ideal" })).rejects.toMatchObject({ statusCode: 501 });
      const { subscription } = await createTestSubscription(bench);
      const ends = stripe.subscriptions.update(subscription.id, { cancel_at: "min_period_end" });
      await expect(ends).rejects.toMatchObject({ statusCode: 501 });
    });
    await expect(stripe.paymentMethods.create({ type: "shells" as "card" })).rejects.toMatchObject({ statusCode: 400 });
  });

  test("a session accepts promotion codes and adaptive pricing, and returns the settings", async () => {
    const more = { allow_promotion_codes: true, adaptive_pricing: { enabled: false } };
    const session = await stripe.checkout.sessions.create({ ...oneTimeGiftParams(), ...more });
    expect(session).toMatchObject(more);
  });

  test("an object has at most fifty keys of metadata, across all calls", async () => {
    const keys = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${from + index}`, "v"]));
    const { id } = await stripe.customers.create({ metadata: keys(0, 50) });
    await expect(stripe.customers.update(id, { metadata: { one: "more" } })).rejects.toMatchObject({
      statusCode: 400,
      param: "metadata",
    });
    const removed = { k0: "", k1: "" };
    const { metadata } = await stripe.customers.update(id, { metadata: { ...removed, ...keys(50, 2) } });
    expect(Object.keys(metadata)).toHaveLength(50);
  });

  test("an amount has at most eight digits", async () => {
    const { amount } = await stripe.paymentIntents.create({ ...GIFT, amount: 99_999_999 });
    expect(amount).toBe(99_999_999);
    await expect(stripe.paymentIntents.create({ ...GIFT, amount: 100_000_000 })).rejects.toMatchObject({
      code: "amount_too_large",
      message: "Amount must be no more than $999,999.99",
    });
  });

  test.each(["2025-04-01.basil", "2024-05-01", "2026-09-01.dahlia"])(
    "a call refuses version %s, which never existed",
    async (version) => {
      expect((await call("/v1/balance", { headers: { "stripe-version": version } })).status).toBe(400);
    },
  );
});

describe("parameters of an older version", () => {
  const older = { "stripe-version": "2023-10-16" };

  test("a parameter that only older versions had is answered 501 in them, and is unknown in the newest", async () => {
    const body = "customer=cus_1&plan=gold&quantity=2";
    const answer = await quietly(() => post("/v1/subscriptions", body, older));
    expect([answer.status, answer.json.error.message]).toEqual([
      501,
      expect.stringContaining("plan, a parameter of older"),
    ]);
    const newest = await post("/v1/subscriptions", body, { "stripe-version": "2026-10-28.endive" });
    expect(newest.json.error.code).toBe("parameter_unknown");
    expect((await quietly(() => call("/v1/invoices/upcoming", { headers: older }))).status).toBe(501);
    expect((await call("/v1/invoices/upcoming")).status).toBe(404);
  });

  test("an older version uses its own values of ui_mode", async () => {
    const line =
      "line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=500&line_items[0][quantity]=1";
    const name = "line_items[0][price_data][product_data][name]=Gift";
    const body = `mode=payment&ui_mode=embedded&return_url=https://site.example/&${line}&${name}`;
    expect((await post("/v1/checkout/sessions", body, older)).json.ui_mode).toBe("embedded_page");
    const newer = await post("/v1/checkout/sessions", body, { "stripe-version": "2026-03-25.dahlia" });
    expect(newer.json.error.message).toBe(
      "Invalid ui_mode: must be one of hosted_page, embedded_page, elements, or form",
    );
  });
});

describe("expandable fields", () => {
  test("expand returns documented fields; a field that is not implemented is answered 501, and an unknown one 400", async () => {
    const fields = ["tax", "invoice_credit_balance", "cash_balance"];
    const customer = await stripe.customers.create({ email: "a@example.org", expand: fields });
    expect(customer.tax).toEqual({
      automatic_tax: "unrecognized_location",
      ip_address: null,
      location: null,
      provider: "stripe",
    });
    expect(customer.invoice_credit_balance).toEqual({});
    expect(customer.cash_balance).toMatchObject({ customer: customer.id, available: null });
    await stripe.customers.update(customer.id, { balance: -700, address: { country: "DE" } });
    const later = await stripe.customers.retrieve(customer.id, { expand: fields });
    expect(later).toMatchObject({ invoice_credit_balance: { usd: -700 }, tax: { automatic_tax: "not_collecting" } });
    const price = { currency: "usd", unit_amount: 500, product_data: { name: "Gift" } };
    expect((await stripe.prices.create({ ...price, expand: ["tiers"] })).tiers).toBeUndefined();
    const { total_details: totals } = await stripe.checkout.sessions.create({
      ...oneTimeGiftParams(),
      expand: ["total_details.breakdown", "line_items.data.taxes"],
    });
    expect(totals?.breakdown).toEqual({ discounts: [], taxes: [] });
    await quietly(async () => {
      const unsupported = stripe.checkout.sessions.create({ ...oneTimeGiftParams(), expand: ["optional_items"] });
      await expect(unsupported).rejects.toMatchObject({ statusCode: 501 });
    });
    const unknown = stripe.customers.retrieve(customer.id, { expand: ["colour"] });
    await expect(unknown).rejects.toMatchObject({ statusCode: 400, param: "expand" });
  });

  test("expand returns an invoice's payment intent only to versions before 2025-03-31", async () => {
    const { subscription } = await createTestSubscription(bench, { payment_behavior: "default_incomplete" });
    const path = `/v1/subscriptions/${subscription.id}?expand[]=latest_invoice.payment_intent`;
    const older = await call(path, { headers: { "stripe-version": "2023-10-16" } });
    expect(older.json.latest_invoice.payment_intent.client_secret).toMatch(/^pi_/);
    const newer = await call(path, { headers: { "stripe-version": "2025-03-31.basil" } });
    expect(newer.status).toBe(400);
  });

  test.each(["tax_ids", "credit_notes", "subscription_schedules", "quotes", "transfers"])(
    "GET /v1/%s returns an empty list",
    async (name) => {
      const { status, json } = await call(`/v1/${name}?limit=3`);
      expect(status).toBe(200);
      expect(json).toEqual({ object: "list", data: [], has_more: false, url: `/v1/${name}` });
      expect((await call(`/v1/${name}?colour=red`)).json.error.code).toBe("parameter_unknown");
    },
  );

  test("tax ids can be listed by their owner", async () => {
    const { id } = await stripe.customers.create({ tax_id_data: [{ type: "eu_vat", value: "DE123456789" }] });
    const { data } = await stripe.taxIds.list({ owner: { type: "customer", customer: id } });
    expect(data.map(({ value }) => value)).toEqual(["DE123456789"]);
  });
});

describe("a payment", () => {
  test("a payment needs a return_url, whatever the card, if the intent uses the Dashboard's payment methods", async () => {
    const params = { ...GIFT, payment_method: "pm_card_visa", confirm: true };
    await expect(stripe.paymentIntents.create(params)).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining("you must provide a `return_url`"),
    });
    await expect(stripe.setupIntents.create({ payment_method: "pm_card_visa", confirm: true })).rejects.toMatchObject({
      message: expect.stringContaining("This SetupIntent is configured"),
    });
    const { id } = await stripe.paymentIntents.create({ ...GIFT, payment_method: "pm_card_visa" });
    await expect(stripe.paymentIntents.confirm(id)).rejects.toMatchObject({ statusCode: 400 });
    expect((await stripe.paymentIntents.confirm(id, { return_url: "https://site.example/" })).status).toBe("succeeded");
    expect((await stripe.paymentIntents.create({ ...params, ...CONFIRM_WITHOUT_REDIRECT_PARAMS })).status).toBe(
      "succeeded",
    );
  });

  test("before 2023-08-16 a payment accepts cards without naming methods, and needs no return_url", async () => {
    const body = "amount=500&currency=usd&payment_method=pm_card_visa&confirm=true";
    const { json } = await post("/v1/payment_intents", body, { "stripe-version": "2022-11-15" });
    expect(json).toMatchObject({
      status: "succeeded",
      automatic_payment_methods: null,
      payment_method_types: ["card"],
    });
  });

  test("a payment is answered before its balance transaction is known; the next retrieve returns it", async () => {
    const expand = ["latest_charge.balance_transaction"];
    const how = { ...GIFT, ...CONFIRM_WITHOUT_REDIRECT_PARAMS, payment_method: "pm_card_visa" };
    const answered = await stripe.paymentIntents.create({ ...how, expand });
    expect(answered.latest_charge).toMatchObject({ paid: true, balance_transaction: null });
    const later = await stripe.paymentIntents.retrieve(answered.id, { expand });
    expect(later.latest_charge).toMatchObject({ balance_transaction: { amount: 500, fee: 45, net: 455 } });
  });

  test("the payment of a subscription's invoice names the invoice and saves the payment method for later", async () => {
    const { subscription } = await createTestSubscription(bench);
    const invoice = String(subscription.latest_invoice);
    const { data } = await stripe.invoicePayments.list({ invoice });
    const intent = await stripe.paymentIntents.retrieve(String(data[0]?.payment.payment_intent));
    expect(intent).toMatchObject({
      automatic_payment_methods: null,
      capture_method: "automatic",
      payment_details: { customer_reference: null, order_reference: invoice.slice(0, 25) },
      setup_future_usage: "off_session",
    });
  });

  test("a payment that waits for the payer's authentication does not count as an attempt", async () => {
    const customer = await stripe.customers.create();
    await changeCard(bench, customer.id, "pm_card_authenticationRequired");
    const product = await stripe.products.create({ name: "Membership" });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price_data: monthlyPriceData(product.id, 500) }],
      expand: ["latest_invoice"],
    });
    expect(subscription.status).toBe("incomplete");
    expect(subscription.latest_invoice).toMatchObject({
      attempted: true,
      attempt_count: 0,
      next_payment_attempt: null,
    });
  });
});

describe("a subscription", () => {
  test("a subscription keeps the cancellation details that a later update does not name", async () => {
    const { subscription } = await createTestSubscription(bench);
    const { id } = subscription;
    await stripe.subscriptions.update(id, {
      cancel_at_period_end: true,
      cancellation_details: { comment: "Moving away" },
    });
    const updated = await stripe.subscriptions.update(id, { cancellation_details: { feedback: "unused" } });
    const details = {
      comment: "Moving away",
      feedback: "unused",
      feedback_option: null,
      reason: "cancellation_requested",
    };
    expect(updated.cancellation_details).toEqual(details);
    const ended = await stripe.subscriptions.cancel(id, { cancellation_details: { feedback: "other" } });
    expect(ended.cancellation_details).toEqual({ ...details, feedback: "other" });
  });

  test("a subscription that is cancelled at once loses its scheduled end", async () => {
    const { subscription } = await createTestSubscription(bench);
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    expect(await stripe.subscriptions.cancel(subscription.id)).toMatchObject({
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: CLOCK_START_SECONDS,
      status: "canceled",
    });
  });

  test("a subscription accepts only future times for its end and its resumption", async () => {
    const { subscription } = await createTestSubscription(bench);
    const update = (params: Stripe.SubscriptionUpdateParams) => stripe.subscriptions.update(subscription.id, params);
    await expect(update({ cancel_at: CLOCK_START_SECONDS - DAY_SECONDS })).rejects.toMatchObject({
      statusCode: 400,
      param: "cancel_at",
    });
    await expect(
      update({ pause_collection: { behavior: "void", resumes_at: CLOCK_START_SECONDS - DAY_SECONDS } }),
    ).rejects.toMatchObject({
      statusCode: 400,
      param: "pause_collection[resumes_at]",
    });
    const { pause_collection: pause } = await update({
      pause_collection: { behavior: "void", resumes_at: CLOCK_START_SECONDS + DAY_SECONDS },
    });
    expect(pause?.resumes_at).toBe(CLOCK_START_SECONDS + DAY_SECONDS);
  });

  test("a change of a subscription's interval credits the old period and then bills the new one, in Stripe's words", async () => {
    const { subscription, product } = await createTestSubscription(bench, { amount: 2_500 });
    const first = await stripe.invoices.retrieve(String(subscription.latest_invoice));
    const [paid] = first.lines.data;
    expect(paid).toMatchObject({
      description: "1 × Reader support (at $25.00 / month)",
      parent: { subscription_item_details: { proration_details: { credited_items: null } } },
    });
    const yearly = { ...monthlyPriceData(product.id, 25_000), recurring: { interval: "year" as const } };
    const { latest_invoice } = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: firstSubscriptionItemOf(subscription).id, price_data: yearly }],
      proration_behavior: "always_invoice",
      expand: ["latest_invoice"],
    });
    const invoice = latest_invoice as Stripe.Invoice;
    expect(invoice.amount_paid).toBe(22_500);
    const shown = invoice.lines.data.map(({ amount, description, discountable, parent, pricing }) => ({
      amount,
      description,
      discountable,
      unit: pricing?.unit_amount_decimal,
      ...parent?.subscription_item_details,
    }));
    const common = { discountable: false, unit: null, proration: true, subscription: subscription.id };
    expect(shown).toMatchObject([
      {
        ...common,
        amount: -2_500,
        description: "Unused time on Reader support after 31 Jan 2027",
        proration_details: { credited_items: { invoice: first.id, invoice_line_items: [paid?.id] } },
      },
      {
        ...common,
        amount: 25_000,
        description: "Remaining time on Reader support after 31 Jan 2027",
        proration_details: { credited_items: null },
      },
    ]);
  });

  test("an invoice line names the subscription's product, price and interval", async () => {
    const product = await stripe.products.create({ name: "Support", unit_label: "seat" });
    const customer = await stripe.customers.create();
    await changeCard(bench, customer.id, "pm_card_visa");
    const recurring = { interval: "month", interval_count: 3 } as const;
    const { latest_invoice } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price_data: { ...monthlyPriceData(product.id, 1_000), recurring }, quantity: 2 }],
      expand: ["latest_invoice"],
    });
    const [line] = (latest_invoice as Stripe.Invoice).lines.data;
    expect(line?.description).toBe("2 seat × Support (at $10.00 / every 3 months)");
  });
});

describe("a new Checkout Session", () => {
  test("a new Checkout Session returns the customer's e-mail but not the name, the page's branding and `customer_creation`", async () => {
    const customer = (await stripe.customers.create({ email: "a@example.org", name: "Anna" })).id;
    const session = await stripe.checkout.sessions.create({ ...oneTimeGiftParams(), customer });
    expect(session).toMatchObject({
      branding_settings: { border_style: "rounded", button_color: "#0074d4", font_family: "default" },
      collected_information: { business_name: null, individual_name: null, shipping_details: null },
      customer_creation: null,
      customer_details: { email: "a@example.org", name: null },
      setup_intent: null,
    });
    expect((await stripe.checkout.sessions.create(oneTimeGiftParams())).customer_creation).toBe("if_required");
    expect((await stripe.checkout.sessions.create(monthlyGiftParams())).customer_creation).toBe("always");
  });

  test("a session in setup mode has one setup intent from start to end", async () => {
    const setup = { mode: "setup", currency: "usd", success_url: RETURN_URL } as const;
    const session = await stripe.checkout.sessions.create(setup);
    expect(session.setup_intent).toMatch(/^seti_/);
    await submitCheckoutForm(session);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["setup_intent"] });
    expect(done.setup_intent).toMatchObject({ id: session.setup_intent, status: "succeeded" });
  });

  test("a Checkout Session refuses the price of an archived product, and price data with one", async () => {
    const product = await stripe.products.create({ name: "Old tote bag" });
    const { id: price } = await stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 900 });
    await stripe.products.update(product.id, { active: false });
    const line_items = [{ price, quantity: 1 }];
    await expect(stripe.checkout.sessions.create({ ...oneTimeGiftParams(), line_items })).rejects.toMatchObject({
      param: "line_items[0][price]",
      message: expect.stringContaining(`The product ${product.id} is marked as inactive`),
    });
    const inline = [{ price_data: { currency: "usd", unit_amount: 500, product: product.id }, quantity: 1 }];
    await expect(stripe.checkout.sessions.create({ ...oneTimeGiftParams(), line_items: inline })).rejects.toMatchObject(
      {
        param: "line_items[0][price_data][product]",
      },
    );
  });
});

describe("test cards", () => {
  test.each([
    ["pm_card_discover", "discover", "US", "credit"],
    ["pm_card_diners", "diners", "US", "credit"],
    ["pm_card_jcb", "jcb", "JP", "credit"],
    ["pm_card_unionpay", "unionpay", "CN", "credit"],
    ["pm_card_mastercard_prepaid", "mastercard", "US", "prepaid"],
    ["pm_card_by", "visa", "BY", "credit"],
    ["pm_card_br", "visa", "BR", "credit"],
    ["pm_card_gb_debit", "visa", "GB", "debit"],
    ["pm_card_us", "visa", "US", "credit"],
  ])("the test card %s pays: brand %s, country %s, funding %s", async (payment_method, brand, country, funding) => {
    const how = { ...GIFT, ...CONFIRM_WITHOUT_REDIRECT_PARAMS, payment_method, expand: ["latest_charge"] };
    const { latest_charge } = await stripe.paymentIntents.create(how);
    const charge = latest_charge as Stripe.Charge;
    expect(charge.payment_method_details?.card).toMatchObject({ brand, country, funding });
  });

  test("the test card that requires authentication is German", () => {
    const card = TEST_CARDS.find(({ alias }) => alias === "pm_card_authenticationRequired");
    expect(card).toMatchObject({ number: "4000002760003184", country: "DE" });
  });

  test("the numbers of all test cards are valid and different", () => {
    const numbers = TEST_CARDS.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((number) => !passesLuhn(number))).toEqual([]);
  });

  test("tok_jcb is the same card as pm_card_jcb", async () => {
    const live = stripeClientFor(bench.url, TEST_API_KEY);
    const { card } = await live.paymentMethods.create({ type: "card", card: { token: "tok_jcb" } });
    expect(card).toMatchObject({ brand: "jcb", last4: "0505" });
  });
});

function passesLuhn(number: string): boolean {
  const doubled = [...number].reverse().map((digit, index) => Number(digit) * (index % 2 === 1 ? 2 : 1));
  return doubled.reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0) % 10 === 0;
}
