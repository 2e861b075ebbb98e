import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  CONFIRM_WITHOUT_REDIRECT_PARAMS,
  monthlyGiftParams,
  openTestSandbox,
  stripeClientFor,
  submitCheckoutForm,
  TEST_API_KEY,
  type TestSandbox,
} from "../testing/test-sandbox";

let bench: TestSandbox;
let stripe: Stripe;

beforeAll(async () => {
  bench = await openTestSandbox();
  stripe = bench.stripe;
  await stripe.customers.create({ name: "Ada Ångström", email: "ada@example.org", metadata: { appeal: "winter" } });
  await stripe.customers.create({
    name: "Бела",
    email: "bela@example.com",
    metadata: { appeal: "spring", "it's": "x" },
  });
  await stripe.customers.create({ name: "Cleo", phone: "+49 30 123" });
  for (const amount of [500, 1_000, 2_500])
    await stripe.paymentIntents.create({
      amount,
      currency: "usd",
      ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
      payment_method: "pm_card_visa",
    });
  await stripe.paymentIntents.create({ amount: 900, currency: "eur" });
});
afterAll(() => bench.close());

const names = async (query: string) =>
  (await stripe.customers.search({ query })).data.map(({ name }) => name).reverse();

describe("a search of customers", () => {
  test.each([
    ["an exact value", "email:'ada@example.org'", ["Ada Ångström"]],
    ["text in any case and any alphabet", 'name:"БЕЛА"', ["Бела"]],
    ["part of a text", "name~'ngstr'", ["Ada Ångström"]],
    ["two clauses side by side", "name~'ada' email~'example'", ["Ada Ångström"]],
    ["two clauses joined by and", "name~'ada' and email~'bela'", []],
    ["either of two clauses", "name:'Cleo' OR email~'@example.com'", ["Бела", "Cleo"]],
    ["records that do not match", "-name:'cleo'", ["Ada Ångström", "Бела"]],
    ["metadata", "metadata['appeal']:'winter'", ["Ada Ångström"]],
    ["metadata with a quote in its key", "metadata['it\\'s']:\"x\"", ["Бела"]],
    ["metadata that is set", '-metadata["appeal"]:null', ["Ada Ångström", "Бела"]],
    ["metadata that is not set", "metadata['appeal']:null", ["Cleo"]],
    ["a field that is not set", "email:null", ["Cleo"]],
    ["a time", "created>1 AND created<9999999999 AND name:'Cleo'", ["Cleo"]],
  ])("a search of customers finds %s", async (_, query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test.each([
    ["no text", "", "empty string"],
    ["no clause", "hello", "We were unable to parse your search query."],
    ["a value without quotes", "name:Ada", "We were unable to parse your search query."],
    ["parentheses", "(name:'Ada')", "We were unable to parse your search query."],
    ["AND with OR", "name:'a' AND name:'b' OR name:'c'", "combine AND and OR"],
    ["a dangling AND", "name:'a' AND ", "We were unable to parse"],
    ["an unknown field", "colour:'red'", "Field `colour` is an unsupported search field for resource `customers`."],
    ["a two-letter part of a text", "name~'ad'", "at least 3 characters"],
    ["part of a number", "created~'123'", "does not support the operator `~`"],
    ["text where a number belongs", "created>'yesterday'", "is not a number"],
    ["metadata without a key", "metadata:'x'", "metadata"],
    ["SQL", "name:'a' ); DROP TABLE objects; --", "We were unable to parse"],
    ["eleven clauses", Array(11).fill("name:'a'").join(" "), "at most 10 clauses"],
  ])("a search refuses a query with %s", async (_, query, message) => {
    await expect(stripe.customers.search({ query })).rejects.toMatchObject({
      statusCode: 400,
      type: "StripeInvalidRequestError",
      message: expect.stringContaining(message),
    });
  });
});

describe("a search", () => {
  test("a search compares numbers and expands results", async () => {
    const found = await stripe.paymentIntents.search({
      query: "amount>=1000 AND currency:'usd' AND status:'succeeded'",
      expand: ["data.latest_charge"],
    });
    expect(found.data.map(({ amount }) => amount)).toEqual([2_500, 1_000]);
    expect(found.data[0]?.latest_charge).toMatchObject({ object: "charge" });
    expect(found.total_count).toBeUndefined();
  });

  test("a search pages through results, and counts them on request", async () => {
    const query = "amount>0";
    const first = await stripe.paymentIntents.search({ query, limit: 3, expand: ["total_count"] });
    expect(first).toMatchObject({
      object: "search_result",
      has_more: true,
      total_count: 4,
      url: "/v1/payment_intents/search",
    });
    const second = await stripe.paymentIntents.search({ query, limit: 3, page: first.next_page ?? "" });
    expect(second).toMatchObject({ has_more: false, next_page: null });
    expect(second.data.map(({ amount }) => amount)).toEqual([500]);
    const all = await stripe.paymentIntents.search({ query, limit: 1 }).autoPagingToArray({ limit: 100 });
    expect(all).toHaveLength(4);
    await expect(stripe.paymentIntents.search({ query, page: "x" })).rejects.toMatchObject({ param: "page" });
    await expect(stripe.paymentIntents.search({ query, limit: 101 })).rejects.toMatchObject({ param: "limit" });
  });

  test("a search finds charges by card and refund, prices and products by activity", async () => {
    const query = "payment_method_details.card.last4:4242 AND refunded:'false' AND amount:500";
    expect((await stripe.charges.search({ query })).data).toHaveLength(1);
    const product = await stripe.products.create({ name: "Winter appeal", active: false });
    const inactive = await stripe.products.search({ query: "active:'false' AND name~'winter'" });
    expect(inactive.data.map(({ id }) => id)).toEqual([product.id]);
    const price = await stripe.prices.create({ product: product.id, currency: "usd", unit_amount: 500 });
    const prices = await stripe.prices.search({ query: `product:'${product.id}' AND type:'one_time'` });
    expect(prices.data.map(({ id }) => id)).toEqual([price.id]);
  });

  test("a search finds subscriptions and their invoices, of one account only", async () => {
    await submitCheckoutForm(await stripe.checkout.sessions.create(monthlyGiftParams()));
    const { data } = await stripe.subscriptions.search({ query: "status:'active' AND metadata['gift']:'g_monthly'" });
    const invoices = await stripe.invoices.search({ query: `subscription:'${data[0]?.id}' AND total>999` });
    expect(invoices.data).toHaveLength(1);
    const other = stripeClientFor(bench.url, `${TEST_API_KEY}_other`);
    expect((await other.subscriptions.search({ query: "status:'active'" })).data).toEqual([]);
  });
});
