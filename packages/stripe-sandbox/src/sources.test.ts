import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listEventTypesFrom } from "./testing/events-from";
import {
  CONFIRM_WITHOUT_REDIRECT_PARAMS,
  openTestSandbox,
  TEST_API_KEY,
  type TestSandbox,
} from "./testing/test-sandbox";

let bench: TestSandbox;
let stripe: Stripe;

beforeAll(async () => {
  bench = await openTestSandbox();
  stripe = bench.stripe;
});
afterAll(() => bench.close());

const NUMBER = { number: "4242424242424242", exp_month: "12", exp_year: "2050", cvc: "123" };

async function customerWith(...sources: string[]): Promise<Stripe.Customer> {
  const { id } = await stripe.customers.create({ email: "rosa@example.org" });
  for (const source of sources) await stripe.customers.createSource(id, { source });
  return (await stripe.customers.retrieve(id, { expand: ["sources"] })) as Stripe.Customer;
}

describe("a token", () => {
  test("a token represents a typed card, and can be used only once", async () => {
    const { id, card } = await stripe.tokens.create({ card: { ...NUMBER, name: "Rosa", address_zip: "10115" } });
    expect(card).toMatchObject({ object: "card", brand: "Visa", last4: "4242", name: "Rosa", address_zip: "10115" });
    const customer = await stripe.customers.create({ source: id });
    expect(customer.default_source).toBe(card?.id);
    expect((await stripe.tokens.retrieve(id)).used).toBe(true);
    await expect(stripe.customers.createSource(customer.id, { source: id })).rejects.toMatchObject({
      code: "token_already_used",
    });
  });

  test("a token can also create a payment method, which uses it up", async () => {
    const { id: token } = await stripe.tokens.create({ card: { ...NUMBER, number: "5555555555554444" } });
    const method = await stripe.paymentMethods.create({ type: "card", card: { token } });
    expect(method.card).toMatchObject({ brand: "mastercard", last4: "4444" });
    expect((await stripe.tokens.retrieve(token)).used).toBe(true);
    await expect(stripe.paymentMethods.create({ type: "card", card: { token } })).rejects.toMatchObject({
      code: "token_already_used",
      param: "card[token]",
    });
    await expect(customerWith(token)).rejects.toMatchObject({ code: "token_already_used" });
  });

  test("a token is refused for an invalid number, and an unknown token is refused as a source", async () => {
    const card = { ...NUMBER, number: "4242424242424241" };
    await expect(stripe.tokens.create({ card })).rejects.toMatchObject({ code: "incorrect_number", statusCode: 402 });
    await expect(customerWith("tok_nowhere")).rejects.toMatchObject({ code: "resource_missing", param: "source" });
  });
});

describe("a customer's sources", () => {
  test("a customer's sources are cards, and the first is the default", async () => {
    const { id, default_source: first, sources } = await customerWith("tok_visa", "tok_mastercard");
    expect(sources?.data.map((card) => (card as Stripe.Card).brand)).toEqual(["MasterCard", "Visa"]);
    expect(first).toBe(sources?.data[1]?.id);
    const [page] = [await stripe.customers.listSources(id, { object: "card", limit: 1 })];
    expect([page.data.length, page.has_more]).toEqual([1, true]);
    const rest = await stripe.customers.listSources(id, { starting_after: page.data[0]?.id });
    expect(rest.data.map((card) => card.id)).toEqual([first]);
    const changed = await stripe.customers.update(id, { default_source: sources?.data[0]?.id });
    expect(changed.default_source).toBe(sources?.data[0]?.id);
  });

  test("a customer's default source can be updated and deleted, and another becomes the default", async () => {
    const { id, default_source: first } = await customerWith("tok_visa", "tok_amex");
    const events = await listEventTypesFrom(stripe, async () => {
      const card = await stripe.customers.updateSource(id, String(first), { name: "Rosa", address_city: "Berlin" });
      expect(card).toMatchObject({ object: "card", name: "Rosa", address_city: "Berlin" });
      expect(await stripe.customers.deleteSource(id, String(first))).toMatchObject({ id: first, deleted: true });
    });
    expect(events).toEqual(["customer.source.updated", "customer.source.deleted", "customer.updated"]);
    const { default_source: next } = (await stripe.customers.retrieve(id)) as Stripe.Customer;
    expect(await stripe.customers.retrieveSource(id, String(next))).toMatchObject({ brand: "American Express" });
    await expect(stripe.customers.retrieveSource(id, String(first))).rejects.toMatchObject({ statusCode: 404 });
  });

  test("a customer's source pays as a payment method does", async () => {
    const { id: customer, default_source } = await customerWith("tok_visa");
    const payment_method = String(default_source);
    const paid = await stripe.paymentIntents.create({
      amount: 500,
      currency: "eur",
      customer,
      payment_method,
      ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
    });
    expect(paid).toMatchObject({ status: "succeeded", payment_method });
  });

  test("a customer's source is charged without a payment intent, at once or after an authorization", async () => {
    const { id: customer, default_source: source } = await customerWith("tok_visa");
    const sum = { amount: 1_000, currency: "eur", customer };
    const events = await listEventTypesFrom(stripe, async () => {
      expect(await stripe.charges.create(sum)).toMatchObject({
        captured: true,
        payment_intent: null,
        payment_method: source,
      });
      const held = await stripe.charges.create({ ...sum, source: String(source), capture: false });
      expect(held).toMatchObject({ captured: false, status: "succeeded", balance_transaction: null });
      const taken = await stripe.charges.capture(held.id, { amount: 800 });
      expect(taken).toMatchObject({ captured: true, amount_captured: 800 });
    });
    expect(events.filter((type) => type !== "charge.updated").slice(0, 3)).toEqual([
      "charge.succeeded",
      "charge.succeeded",
      "charge.captured",
    ]);
    const refund = await stripe.refunds.create({ charge: (await stripe.charges.list({ customer })).data[1]?.id });
    expect(refund).toMatchObject({ amount: 1_000, status: "succeeded", payment_intent: null });
    await expect(stripe.charges.create({ amount: 500, currency: "eur", source: String(source) })).rejects.toMatchObject(
      {
        param: "customer",
      },
    );
  });

  test("a declined source leaves a failed charge", async () => {
    const { id: customer } = await customerWith("tok_chargeCustomerFail");
    await expect(stripe.charges.create({ amount: 500, currency: "eur", customer })).rejects.toMatchObject({
      code: "card_declined",
      statusCode: 402,
    });
    expect((await stripe.charges.list({ customer })).data[0]).toMatchObject({ status: "failed", paid: false });
  });

  test("a source that the bank declines is not attached", async () => {
    await expect(customerWith("tok_visa_chargeDeclined")).rejects.toMatchObject({ code: "card_declined" });
    expect((await customerWith("tok_chargeCustomerFail")).sources?.data.length).toBe(1);
  });

  test("a source can be created from card fields at the oldest URL for cards", async () => {
    const { id } = await customerWith();
    const body = "source[object]=card&source[number]=4242424242424242&source[exp_month]=12&source[exp_year]=2050";
    const authorization = `Bearer ${TEST_API_KEY}`;
    const headers = { authorization, "content-type": "application/x-www-form-urlencoded" };
    const answer = await fetch(`${bench.url}/v1/customers/${id}/cards`, { method: "POST", headers, body });
    expect(await answer.json()).toMatchObject({ object: "card", customer: id, last4: "4242" });
  });
});
