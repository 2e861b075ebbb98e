import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handleAllDueObjects } from "./payment-flows/handle-due-objects";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import {
  monthlyGiftParams,
  oneTimeGiftParams,
  openTestSandbox,
  submitCheckoutForm,
  type TestSandbox,
  waitUntil,
} from "./testing/test-sandbox";

let bench: TestSandbox;
let clock = 1_790_000_000;

beforeAll(async () => {
  bench = await openTestSandbox({ now: () => clock });
});
afterAll(() => bench.close());

type Create = Stripe.Checkout.SessionCreateParams;

function open(more: Partial<Create> = {}) {
  return bench.stripe.checkout.sessions.create({ ...oneTimeGiftParams(), ...more });
}

function openLines(line: Stripe.Checkout.SessionCreateParams.LineItem) {
  return open({ line_items: [line] });
}

const PRICE_DATA = { currency: "usd", unit_amount: 500, product_data: { name: "Reader support" } };

async function pageOf(session: Stripe.Checkout.Session): Promise<string> {
  return (await fetch(session.url ?? "")).text();
}

describe("custom fields", () => {
  const fields: Create["custom_fields"] = [
    { key: "motto", label: { type: "custom", custom: "A word for us" }, type: "text", text: { minimum_length: 3 } },
    { key: "member", label: { type: "custom", custom: "Member number" }, type: "numeric", optional: true },
    {
      key: "mails",
      label: { type: "custom", custom: "May we write?" },
      type: "dropdown",
      dropdown: {
        options: [
          { label: "Yes", value: "yes" },
          { label: "No", value: "no" },
        ],
      },
    },
  ];

  test("custom fields are on the page, and the session returns their answers as text", async () => {
    const session = await open({ custom_fields: fields });
    expect(session.custom_fields[0]).toEqual({
      key: "motto",
      label: { type: "custom", custom: "A word for us" },
      optional: false,
      type: "text",
      text: { default_value: null, maximum_length: null, minimum_length: 3, value: null },
    });
    const answers = { custom_motto: "Go on", custom_member: "0042", custom_mails: "yes" };
    expect((await submitCheckoutForm(session, answers)).status).toBe(303);
    const { custom_fields } = await bench.stripe.checkout.sessions.retrieve(session.id);
    expect(custom_fields.map(({ text, numeric, dropdown }) => (text ?? numeric ?? dropdown)?.value)).toEqual([
      "Go on",
      "0042",
      "yes",
    ]);
  });

  test.each([
    [{ custom_motto: "Go", custom_mails: "yes" }, "custom_motto", "too short"],
    [{ custom_motto: "Go on", custom_mails: "perhaps" }, "custom_mails", "Fill in this field."],
    [{ custom_motto: "Go on", custom_mails: "no", custom_member: "x1" }, "custom_member", "digits only"],
  ])("custom fields enforce their rules: %o", async (answers, name, reason) => {
    const { page } = await submitCheckoutForm(await open({ custom_fields: fields }), answers);
    expect(page).toContain(`aria-describedby="${name}-error"`);
    expect(page).toContain(reason);
  });

  test.each<[NonNullable<Create["custom_fields"]>[number], string]>([
    [{ key: "a b", label: { type: "custom", custom: "x" }, type: "text" }, "custom_fields[0][key]"],
    [{ key: "a", label: { type: "custom", custom: "x" }, type: "dropdown" }, "custom_fields[0][dropdown][options]"],
  ])("an invalid custom field is refused: %o", async (field, param) => {
    await expect(open({ custom_fields: [field] })).rejects.toMatchObject({ statusCode: 400, param });
  });
});

describe("details of the payer", () => {
  test("names, phone, address and consent are collected on request", async () => {
    const session = await open({
      billing_address_collection: "required",
      consent_collection: { terms_of_service: "required", promotions: "auto" },
      name_collection: { individual: { enabled: true }, business: { enabled: true, optional: true } },
      phone_number_collection: { enabled: true },
    });
    const { page } = await submitCheckoutForm(session);
    for (const name of ["phone", "individualName", "country", "line1", "city", "termsOfService"])
      expect(page).toContain(`aria-describedby="${name}-error"`);
    expect(page).not.toContain('aria-describedby="businessName-error"');
    const answers = { phone: "+49 30 123456", individualName: "Rosa R.", termsOfService: "true", country: "DE" };
    const { status } = await submitCheckoutForm(session, {
      ...answers,
      line1: "Hof 1",
      city: "Berlin",
      postalCode: "10115",
    });
    expect(status).toBe(303);
    expect(await bench.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      consent: { terms_of_service: "accepted", promotions: "opt_out" },
      collected_information: { individual_name: "Rosa R.", business_name: null },
      customer_details: {
        phone: "+49 30 123456",
        name: "Rosa R.",
        address: { line1: "Hof 1", city: "Berlin", country: "DE", postal_code: "10115" },
      },
    });
    const { data } = await bench.stripe.charges.list({ limit: 1 });
    expect(data[0]?.billing_details).toMatchObject({ phone: "+49 30 123456", address: { city: "Berlin" } });
  });

  test("a postal code is required only in countries in which Stripe requires it", async () => {
    const session = await open();
    expect((await submitCheckoutForm(session, { country: "GB", postalCode: "" })).page).toContain("postalCode-error");
    expect((await submitCheckoutForm(session, { country: "FR", postalCode: "" })).status).toBe(303);
  });

  test("a blocked card brand is refused on the page", async () => {
    const restrictions = { brands_blocked: ["american_express" as const] };
    const session = await open({ payment_method_options: { card: { restrictions } } });
    const refused = await submitCheckoutForm(session, { cardNumber: "3782 822463 10005", cardCvc: "1234" });
    expect(refused.page).toContain("This kind of card is not accepted here.");
    expect((await submitCheckoutForm(session)).status).toBe(303);
  });

  test("Checkout updates only the allowed fields of the session's customer", async () => {
    const customer = await bench.stripe.customers.create({ name: "Old Name" });
    const session = await open({ customer: customer.id, customer_update: { name: "never", address: "auto" } });
    await submitCheckoutForm(session, { country: "FR" });
    expect(await bench.stripe.customers.retrieve(customer.id)).toMatchObject({
      name: "Old Name",
      email: "reader@example.org",
      address: { country: "FR" },
    });
  });
});

describe("quantities and amounts that the payer chooses", () => {
  test("an adjustable quantity is charged only after the page has shown its total", async () => {
    const adjustable_quantity = { enabled: true, minimum: 1, maximum: 5 };
    const session = await openLines({ price_data: PRICE_DATA, quantity: 2, adjustable_quantity });
    const [line] = (await bench.stripe.checkout.sessions.listLineItems(session.id)).data;
    const name = `quantity_${line?.id}`;
    const surprised = await submitCheckoutForm(session, { [name]: "3", shownTotal: "1000" });
    expect(surprised.status).toBe(200);
    expect(surprised.page).toContain("The total has changed to $15.00");
    expect((await submitCheckoutForm(session, { [name]: "6", shownTotal: "3000" })).status).toBe(200);
    expect((await submitCheckoutForm(session, { [name]: "3", shownTotal: "1500" })).status).toBe(303);
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["line_items"] });
    expect(paid).toMatchObject({ amount_total: 1500, line_items: { data: [{ quantity: 3, amount_total: 1500 }] } });
  });

  test("a custom amount is accepted within its bounds, in the currency's decimals", async () => {
    const product = await bench.stripe.products.create({ name: "Reader support" });
    const price = await bench.stripe.prices.create({
      currency: "usd",
      product: product.id,
      custom_unit_amount: { enabled: true, minimum: 300, maximum: 100_000, preset: 1_000 },
    });
    const session = await openLines({ price: price.id, quantity: 1 });
    expect(session.amount_total).toBe(1_000);
    expect(await pageOf(session)).toContain('name="customAmount" value="10.00"');
    expect((await submitCheckoutForm(session, { customAmount: "2.99" })).page).toContain(
      "Enter an amount that is allowed here.",
    );
    expect((await submitCheckoutForm(session, { customAmount: "1.234" })).status).toBe(200);
    expect((await submitCheckoutForm(session, { customAmount: "12,50" })).status).toBe(303);
    const { data } = await bench.stripe.charges.list({ limit: 1 });
    expect(data[0]?.amount).toBe(1_250);
    const monthly = bench.stripe.checkout.sessions.create({
      ...monthlyGiftParams(),
      line_items: [{ price: price.id }],
    });
    await expect(monthly).rejects.toMatchObject({ param: "line_items" });
  });

  test("a changed amount after a declined attempt keeps the payment intent", async () => {
    const adjustable_quantity = { enabled: true, minimum: 1 };
    const session = await openLines({ price_data: PRICE_DATA, quantity: 1, adjustable_quantity });
    await submitCheckoutForm(session, { cardNumber: "4000000000000002" });
    const [line] = (await bench.stripe.checkout.sessions.listLineItems(session.id)).data;
    await submitCheckoutForm(session, { [`quantity_${line?.id}`]: "4", shownTotal: "2000" });
    const paid = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
    expect(paid.payment_intent).toMatchObject({ amount: 2_000, amount_received: 2_000, status: "succeeded" });
  });
});

describe("the life of a session", () => {
  test("an expired session can be recovered by its link for thirty days", async () => {
    const session = await open({ after_expiration: { recovery: { enabled: true } }, metadata: { gift: "g" } });
    const expired = await bench.stripe.checkout.sessions.expire(session.id);
    const recovery = expired.after_expiration?.recovery;
    expect(recovery?.expires_at).toBe(clock + 30 * 86_400);
    const taken = await fetch(recovery?.url ?? "", { redirect: "manual" });
    const fresh = taken.headers.get("location")?.replace("/c/pay/", "") ?? "";
    const again = await bench.stripe.checkout.sessions.retrieve(fresh);
    expect(again).toMatchObject({
      status: "open",
      recovered_from: session.id,
      amount_total: 2_000,
      metadata: { gift: "g" },
    });
    clock += 31 * 86_400;
    // Expires the other open sessions now, so that their events do not arrive during a later test.
    await handleAllDueObjects(bench.sandbox);
    expect((await fetch(recovery?.url ?? "", { redirect: "manual" })).status).toBe(200);
  });

  test("line items of an open session can be kept, changed, added and removed", async () => {
    const session = await open({ line_items: [{ price_data: PRICE_DATA, quantity: 1 }] });
    const [line] = (await bench.stripe.checkout.sessions.listLineItems(session.id)).data;
    const added = { price_data: { ...PRICE_DATA, unit_amount: 250 }, quantity: 2 };
    const updated = await bench.stripe.checkout.sessions.update(session.id, {
      line_items: [{ id: line?.id, quantity: 3 }, added],
      metadata: { a: "1" },
    });
    expect(updated).toMatchObject({ amount_total: 2_000, metadata: { a: "1" } });
    const page = await bench.stripe.checkout.sessions.listLineItems(session.id, { limit: 1 });
    expect(page).toMatchObject({ has_more: true, data: [{ id: line?.id, quantity: 3 }] });
    const rest = await bench.stripe.checkout.sessions.listLineItems(session.id, { starting_after: line?.id });
    expect(rest).toMatchObject({ has_more: false, data: [{ quantity: 2, amount_total: 500 }] });
    await submitCheckoutForm(session);
    const late = bench.stripe.checkout.sessions.update(session.id, { line_items: [added] });
    await expect(late).rejects.toMatchObject({ statusCode: 400, param: "line_items" });
  });
});

describe("options that exclude each other", () => {
  test.each<[Partial<Create>, string]>([
    [{ ui_mode: "embedded_page" }, "success_url"],
    [{ ui_mode: "embedded_page", success_url: undefined, cancel_url: undefined }, "return_url"],
    [{ return_url: "https://site.example/" }, "return_url"],
    [{ setup_intent_data: { description: "x" } }, "setup_intent_data"],
    [{ payment_method_collection: "if_required" }, "payment_method_collection"],
    [{ customer_update: { name: "auto" } }, "customer_update"],
    [{ allowed_payment_method_types: ["sepa_debit"] }, "allowed_payment_method_types"],
    [{ mode: "setup", currency: "usd" }, "line_items"],
    [{ mode: "setup", line_items: undefined }, "currency"],
  ])("a session with %o is refused, naming %s", async (more, param) => {
    await expect(open(more)).rejects.toMatchObject({ statusCode: 400, param });
  });

  test("an embedded session has a client secret and no URL", async () => {
    const { success_url: _, cancel_url: __, ...rest } = oneTimeGiftParams();
    const embedded = { ...rest, ui_mode: "embedded_page" as const, redirect_on_completion: "never" as const };
    const session = await bench.stripe.checkout.sessions.create(embedded);
    expect(session).toMatchObject({ url: null, redirect_on_completion: "never", ui_mode: "embedded_page" });
    expect(session.client_secret).toMatch(new RegExp(`^${session.id}_secret_`));
  });
});

describe("the page's language", () => {
  async function pageIn(locale: Create["locale"], accepted = "en") {
    const session = await open({ locale });
    const response = await fetch(session.url ?? "", { headers: { "accept-language": accepted } });
    return (await response.text()).replaceAll("\u00a0", " ").replaceAll("\u202f", " ");
  }

  test.each([
    ["de", 'lang="de" dir="ltr"', "20,00 $ zahlen"],
    ["fr", 'lang="fr" dir="ltr"', "Payer 20,00 $US"],
    ["es", 'lang="es" dir="ltr"', "Pagar 20,00 US$"],
    ["ru", 'lang="ru" dir="ltr"', "Оплатить 20,00 $"],
  ] as const)("the page uses the session's language: %s", async (locale, tag, button) => {
    const page = await pageIn(locale);
    expect(page).toContain(tag);
    expect(page).toContain(button);
  });

  test("the page uses the browser's language for `auto` and falls back to English", async () => {
    expect(await pageIn("auto", "fi, uk;q=0.9, en;q=0.8")).toContain("Сплатити 20,00 USD");
    expect(await pageIn("auto", "ar-EG")).toContain('lang="ar-EG" dir="rtl"');
    expect(await pageIn("auto", "en-GB")).toContain("Pay US$20.00");
    expect(await pageIn("fi")).toContain("Pay $20.00");
  });
});

describe("setup mode", () => {
  function openSetup(more: Partial<Create> = {}) {
    const success_url = "https://site.example/saved";
    return bench.stripe.checkout.sessions.create({ mode: "setup", currency: "usd", success_url, ...more });
  }

  test("setup mode saves a card for its customer, charges nothing, and sends Stripe's events in order", async () => {
    const customer = await bench.stripe.customers.create({ email: "reader@example.org" });
    await waitUntil(() =>
      bench.received.some(({ event }) => "id" in event.data.object && event.data.object.id === customer.id),
    );
    bench.received.splice(0);
    const session = await openSetup({ customer: customer.id, setup_intent_data: { metadata: { why: "later" } } });
    expect(session).toMatchObject({ amount_total: null, payment_status: "no_payment_required", status: "open" });
    expect((await submitCheckoutForm(session, { cardNumber: "4000000000000002" })).page).toContain(
      "Your card was declined.",
    );
    expect((await submitCheckoutForm(session)).location).toBe("https://site.example/saved");
    const events = await bench.takeEventTypesUntil("checkout.session.completed");
    expect(events).toEqual(listEventsInSandboxDocs("payment method saved at Checkout, after a decline"));
    const saved = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["setup_intent"] });
    expect(saved).toMatchObject({
      status: "complete",
      customer: customer.id,
      payment_intent: null,
      setup_intent: { status: "succeeded", usage: "off_session", metadata: { why: "later" } },
    });
  });

  test("setup mode asks for 3-D Secure if the card's bank requires it", async () => {
    const session = await openSetup({ customer_creation: "always" });
    const { location } = await submitCheckoutForm(session, { cardNumber: "4000 0025 0000 3155" });
    expect(location).toBe(`/c/pay/${session.id}/authenticate`);
    const challenge = `${bench.url}${location}`;
    const done = await fetch(challenge, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ answer: "complete" }),
    });
    expect(done.headers.get("location")).toBe("https://site.example/saved");
    expect((await bench.stripe.checkout.sessions.retrieve(session.id)).customer).toMatch(/^cus_/);
  });
});
