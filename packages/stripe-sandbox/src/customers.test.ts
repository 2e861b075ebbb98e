import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, fillIn, giftMonthly, openBench } from "./testing/bench";
import { toldBy } from "./testing/told-by";

let bench: Bench;
let stripe: Stripe;

beforeAll(async () => {
  bench = await openBench();
  stripe = bench.stripe;
});
afterAll(() => bench.close());

async function customer(params: Stripe.CustomerCreateParams = {}): Promise<Stripe.Customer> {
  return stripe.customers.create(params);
}

test("a customer keeps what is said of her, and forgets what is unset", async () => {
  const given = {
    address: { line1: "Main Street 1", city: "Tbilisi", country: "GE" },
    business_name: "A Reader Ltd",
    email: "rosa@example.org",
    individual_name: "Rosa Reader",
    invoice_prefix: "ROSA",
    invoice_settings: { custom_fields: [{ name: "Member", value: "7" }], footer: "Thank you" },
    name: "Rosa Reader",
    next_invoice_sequence: 5,
    phone: "+4930123456",
    preferred_locales: ["de-DE", "en"],
    shipping: { name: "Rosa", address: { line1: "Main Street 1", country: "GE" }, phone: "+4930123456" },
    tax_exempt: "exempt" as const,
  };
  const { id } = await customer(given);
  expect(await stripe.customers.retrieve(id)).toMatchObject(given);
  const unset = await stripe.customers.update(id, { shipping: "", address: "", tax_exempt: "", phone: "" });
  expect(unset).toMatchObject({ shipping: null, address: null, tax_exempt: "none", phone: null, name: "Rosa Reader" });
  await expect(customer({ invoice_prefix: "x" })).rejects.toMatchObject({ param: "invoice_prefix" });
});

describe("her payment method", () => {
  test("may be given in the call that makes her, and be her default under the same name", async () => {
    const invoice_settings = { default_payment_method: "pm_card_visa" };
    const { id, invoice_settings: settings } = await customer({ payment_method: "pm_card_visa", invoice_settings });
    const { data } = await stripe.paymentMethods.list({ customer: id });
    expect(data.map((method) => method.id)).toEqual([settings.default_payment_method]);
  });

  test("must be hers to be her default", async () => {
    const [one, two] = [await customer({ payment_method: "pm_card_visa" }), await customer()];
    const [method] = (await stripe.paymentMethods.list({ customer: one.id })).data;
    const invoice_settings = { default_payment_method: method?.id };
    await expect(stripe.customers.update(two.id, { invoice_settings })).rejects.toMatchObject({
      code: "resource_missing",
      param: "invoice_settings[default_payment_method]",
    });
    const settings = (await stripe.customers.update(one.id, { invoice_settings })).invoice_settings;
    expect(settings.default_payment_method).toBe(method?.id);
  });

  test("that is not there leaves no customer behind", async () => {
    const email = "nobody@example.org";
    await expect(customer({ email, payment_method: "pm_nowhere" })).rejects.toMatchObject({ param: "payment_method" });
    expect((await stripe.customers.list({ email })).data).toEqual([]);
  });
});

test("a list of a customer who was never there is refused", async () => {
  for (const listed of [stripe.paymentMethods, stripe.charges, stripe.paymentIntents])
    await expect(listed.list({ customer: "cus_nobody" })).rejects.toMatchObject({
      code: "resource_missing",
      param: "customer",
      statusCode: 400,
    });
});

describe("her balance", () => {
  test("moves with a reason, and each move is kept", async () => {
    const { id } = await customer({ balance: -500 });
    const moved = await stripe.customers.createBalanceTransaction(id, {
      amount: 200,
      currency: "usd",
      description: "x",
    });
    expect(moved).toMatchObject({ amount: 200, ending_balance: -300, type: "adjustment", customer: id });
    await stripe.customers.updateBalanceTransaction(id, moved.id, { metadata: { why: "thanks" } });
    const { data } = await stripe.customers.listBalanceTransactions(id);
    expect(data.map(({ amount, metadata }) => [amount, metadata?.why])).toEqual([
      [200, "thanks"],
      [-500, undefined],
    ]);
    expect(((await stripe.customers.retrieve(id)) as Stripe.Customer).balance).toBe(-300);
    await expect(stripe.customers.createBalanceTransaction(id, { amount: 1, currency: "eur" })).rejects.toMatchObject({
      param: "currency",
    });
    const other = await customer();
    await expect(stripe.customers.retrieveBalanceTransaction(other.id, moved.id)).rejects.toMatchObject({
      statusCode: 404,
    });
  });
});

describe("her tax ids", () => {
  test("are added, shown with her when asked for, and removed", async () => {
    const { id } = await customer({ tax_id_data: [{ type: "eu_vat", value: "DE123456789" }] });
    const second = await stripe.customers.createTaxId(id, { type: "gb_vat", value: "GB123456789" });
    expect(second).toMatchObject({ country: "GB", customer: id, verification: { status: "pending" } });
    const shown = (await stripe.customers.retrieve(id, { expand: ["tax_ids"] })) as Stripe.Customer;
    expect(shown.tax_ids?.data.map(({ country }) => country)).toEqual(["GB", "DE"]);
    expect(await stripe.customers.deleteTaxId(id, second.id)).toMatchObject({ id: second.id, deleted: true });
    await expect(stripe.customers.retrieveTaxId(id, second.id)).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe("when she is deleted", () => {
  test("her subscriptions end first, and of her only that remains", async () => {
    const { id } = await customer({ payment_method: "pm_card_visa" });
    const { id: intent } = await stripe.paymentIntents.create({ amount: 500, currency: "eur", customer: id });
    await fillIn(await stripe.checkout.sessions.create({ ...giftMonthly(), customer: id }));
    const told = await toldBy(stripe, async () => {
      expect(await stripe.customers.del(id)).toMatchObject({ id, object: "customer", deleted: true });
    });
    expect(told).toEqual(["customer.subscription.deleted", "customer.deleted"]);
    expect(await stripe.customers.retrieve(id)).toMatchObject({ id, object: "customer", deleted: true });
    expect((await stripe.paymentIntents.retrieve(intent, { expand: ["customer"] })).customer).toMatchObject({
      id,
      deleted: true,
    });
    for (const late of [stripe.customers.update(id, { name: "x" }), stripe.customers.del(id)])
      await expect(late).rejects.toMatchObject({ code: "resource_missing", statusCode: 404 });
    expect((await stripe.customers.list()).data.map((each) => each.id)).not.toContain(id);
  });
});

describe("short-lived keys", () => {
  test("open one customer's saved payment methods to a browser, for half an hour", async () => {
    const { id } = await customer();
    const components = { payment_element: { enabled: true, features: { payment_method_save: "enabled" as const } } };
    const session = await stripe.customerSessions.create({ customer: id, components });
    expect(session).toMatchObject({ customer: id, client_secret: expect.stringMatching(/^cuss_secret_/) });
    expect(session.components?.payment_element).toMatchObject({
      enabled: true,
      features: { payment_method_save: "enabled" },
    });
    expect(session.expires_at - session.created).toBe(1_800);
    await expect(stripe.customerSessions.create({ customer: "cus_x", components })).rejects.toMatchObject({
      code: "resource_missing",
      param: "customer",
    });
  });

  test("open one customer to an app, until they are taken back", async () => {
    const { id } = await customer();
    const key = await stripe.ephemeralKeys.create({ customer: id }, { apiVersion: stripe.getApiField("version") });
    expect(key).toMatchObject({ object: "ephemeral_key", secret: expect.stringMatching(/^ek_test_/) });
    expect(await stripe.ephemeralKeys.del(key.id)).toMatchObject({ id: key.id });
  });
});

test("the account tells who it is", async () => {
  const account = await stripe.accounts.retrieveCurrent();
  expect(account).toMatchObject({ object: "account", charges_enabled: true, payouts_enabled: true, type: "standard" });
  expect((await stripe.accounts.retrieve(account.id)).id).toBe(account.id);
});
