import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listEventTypesFrom } from "./testing/events-from";
import { monthlyGiftParams, openTestSandbox, submitCheckoutForm, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
let stripe: Stripe;

beforeAll(async () => {
  bench = await openTestSandbox();
  stripe = bench.stripe;
});
afterAll(() => bench.close());

async function customer(params: Stripe.CustomerCreateParams = {}): Promise<Stripe.Customer> {
  return stripe.customers.create(params);
}

test("a customer keeps every field, and an empty string unsets a field", async () => {
  const fields = {
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
  const { id } = await customer(fields);
  expect(await stripe.customers.retrieve(id)).toMatchObject(fields);
  const unset = await stripe.customers.update(id, { shipping: "", address: "", tax_exempt: "", phone: "" });
  expect(unset).toMatchObject({ shipping: null, address: null, tax_exempt: "none", phone: null, name: "Rosa Reader" });
  await expect(customer({ invoice_prefix: "x" })).rejects.toMatchObject({ param: "invoice_prefix" });
});

describe("a customer's payment method", () => {
  test("a payment method can be attached by the call that creates the customer, and be the default under the same id", async () => {
    const invoice_settings = { default_payment_method: "pm_card_visa" };
    const { id, invoice_settings: settings } = await customer({ payment_method: "pm_card_visa", invoice_settings });
    const { data } = await stripe.paymentMethods.list({ customer: id });
    expect(data.map((method) => method.id)).toEqual([settings.default_payment_method]);
  });

  test("a payment method must belong to the customer to become the default", async () => {
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

  test("creating a customer with a payment method that does not exist leaves no customer behind", async () => {
    const email = "nobody@example.org";
    await expect(customer({ email, payment_method: "pm_nowhere" })).rejects.toMatchObject({ param: "payment_method" });
    expect((await stripe.customers.list({ email })).data).toEqual([]);
  });
});

test("nothing can be listed for a customer that never existed", async () => {
  for (const listed of [stripe.paymentMethods, stripe.charges, stripe.paymentIntents])
    await expect(listed.list({ customer: "cus_nobody" })).rejects.toMatchObject({
      code: "resource_missing",
      param: "customer",
      statusCode: 400,
    });
});

describe("a customer's balance", () => {
  test("a customer's balance changes with a description, and every change is recorded", async () => {
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

describe("a customer's tax ids", () => {
  test("a customer's tax ids are added, expanded on request, and removed", async () => {
    const { id } = await customer({ tax_id_data: [{ type: "eu_vat", value: "DE123456789" }] });
    const second = await stripe.customers.createTaxId(id, { type: "gb_vat", value: "GB123456789" });
    expect(second).toMatchObject({ country: "GB", customer: id, verification: { status: "pending" } });
    const shown = (await stripe.customers.retrieve(id, { expand: ["tax_ids"] })) as Stripe.Customer;
    expect(shown.tax_ids?.data.map(({ country }) => country)).toEqual(["GB", "DE"]);
    expect(await stripe.customers.deleteTaxId(id, second.id)).toMatchObject({ id: second.id, deleted: true });
    await expect(stripe.customers.retrieveTaxId(id, second.id)).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe("deleting a customer", () => {
  test("deleting a customer ends the subscriptions first and leaves only the id, marked deleted", async () => {
    const { id } = await customer({ payment_method: "pm_card_visa" });
    const { id: intent } = await stripe.paymentIntents.create({ amount: 500, currency: "eur", customer: id });
    await submitCheckoutForm(await stripe.checkout.sessions.create({ ...monthlyGiftParams(), customer: id }));
    const events = await listEventTypesFrom(stripe, async () => {
      expect(await stripe.customers.del(id)).toMatchObject({ id, object: "customer", deleted: true });
    });
    expect(events).toEqual(["customer.subscription.deleted", "customer.deleted"]);
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
  test("a customer session gives a browser a secret for half an hour", async () => {
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

  test("an ephemeral key can be created for a customer, and deleted", async () => {
    const { id } = await customer();
    const key = await stripe.ephemeralKeys.create({ customer: id }, { apiVersion: stripe.getApiField("version") });
    expect(key).toMatchObject({ object: "ephemeral_key", secret: expect.stringMatching(/^ek_test_/) });
    expect(await stripe.ephemeralKeys.del(key.id)).toMatchObject({ id: key.id });
  });
});

test("the account can be retrieved with and without its id", async () => {
  const account = await stripe.accounts.retrieveCurrent();
  expect(account).toMatchObject({ object: "account", charges_enabled: true, payouts_enabled: true, type: "standard" });
  expect((await stripe.accounts.retrieve(account.id)).id).toBe(account.id);
});
