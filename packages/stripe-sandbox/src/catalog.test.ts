import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listEventTypesFrom } from "./testing/events-from";
import { openTestSandbox, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
let stripe: Stripe;

beforeAll(async () => {
  bench = await openTestSandbox();
  stripe = bench.stripe;
});
afterAll(() => bench.close());

async function fund(more: Partial<Stripe.ProductCreateParams> = {}): Promise<Stripe.Product> {
  return stripe.products.create({ name: "Reader support", ...more });
}

function monthly(product: string, more: Partial<Stripe.PriceCreateParams> = {}): Stripe.PriceCreateParams {
  return { product, currency: "eur", unit_amount: 1_000, recurring: { interval: "month" }, ...more };
}

describe("a product", () => {
  test("a product keeps every field that it was created with", async () => {
    const fields = {
      description: "For the newsroom",
      images: ["https://site.example/cover.png"],
      marketing_features: [{ name: "Letters from the editor" }],
      metadata: { fund: "general" },
      package_dimensions: { height: 1, length: 2.5, weight: 3, width: 4 },
      shippable: false,
      statement_descriptor: "READER SUPPORT",
      unit_label: "gift",
      url: "https://site.example/give",
    };
    const product = await fund(fields);
    expect(product).toMatchObject({ ...fields, active: true, object: "product", type: "service" });
    expect(await stripe.products.retrieve(product.id)).toMatchObject(fields);
  });

  test("a product can be created together with its default price, which cannot be deactivated", async () => {
    const default_price_data = { currency: "eur", unit_amount: 500, recurring: { interval: "month" as const } };
    const product = await fund({ default_price_data });
    const price = await stripe.prices.retrieve(String(product.default_price));
    expect(price).toMatchObject({ product: product.id, unit_amount: 500, type: "recurring" });
    await expect(stripe.prices.update(price.id, { active: false })).rejects.toThrow("default price");
  });

  test("a product accepts only one of its own prices as the default", async () => {
    const [mine, other] = [await fund(), await fund()];
    const [right, wrong] = [
      await stripe.prices.create(monthly(mine.id)),
      await stripe.prices.create(monthly(other.id)),
    ];
    await expect(stripe.products.update(mine.id, { default_price: wrong.id })).rejects.toMatchObject({
      param: "default_price",
    });
    expect((await stripe.products.update(mine.id, { default_price: right.id })).default_price).toBe(right.id);
  });

  test("a product can be deleted only while it has no price; its id can then be used again", async () => {
    const [free, priced] = [await fund({ id: "free-to-go" }), await fund()];
    await stripe.prices.create(monthly(priced.id));
    await expect(stripe.products.del(priced.id)).rejects.toThrow("user-created prices");
    expect(await stripe.products.del(free.id)).toMatchObject({ id: free.id, object: "product", deleted: true });
    await expect(stripe.products.retrieve(free.id)).rejects.toMatchObject({ code: "resource_missing" });
    expect((await fund({ id: "free-to-go" })).id).toBe("free-to-go");
  });

  test("products are listed by their fields", async () => {
    const [one, two] = [
      await fund({ url: "https://site.example/one" }),
      await fund({ shippable: true, active: false }),
    ];
    const ids = async (params: Stripe.ProductListParams) =>
      (await stripe.products.list(params)).data.map(({ id }) => id);
    expect(await ids({ ids: [one.id, two.id] })).toEqual([two.id, one.id]);
    expect(await ids({ url: "https://site.example/one" })).toEqual([one.id]);
    expect(await ids({ shippable: true, active: false })).toEqual([two.id]);
  });
});

describe("a price", () => {
  test("a price may let the payer choose the amount, within bounds", async () => {
    const { id: product } = await fund();
    const custom_unit_amount = { enabled: true, minimum: 300, preset: 1_000, maximum: 50_000 };
    const price = await stripe.prices.create({ product, currency: "eur", custom_unit_amount });
    expect(price.custom_unit_amount).toEqual({ minimum: 300, preset: 1_000, maximum: 50_000 });
    expect(price).toMatchObject({ unit_amount: null, unit_amount_decimal: null });
    const reversed = { enabled: true, minimum: 300, maximum: 200 };
    await expect(
      stripe.prices.create({ product, currency: "eur", custom_unit_amount: reversed }),
    ).rejects.toMatchObject({ param: "custom_unit_amount" });
  });

  test("a price keeps amounts in other currencies and returns them when expanded", async () => {
    const { id: product } = await fund();
    const price = await stripe.prices.create(monthly(product, { currency_options: { usd: { unit_amount: 1_100 } } }));
    expect(price.currency_options).toBeUndefined();
    const shown = await stripe.prices.retrieve(price.id, { expand: ["currency_options"] });
    expect(Object.keys(shown.currency_options ?? {})).toEqual(["eur", "usd"]);
    expect(shown.currency_options?.usd?.unit_amount).toBe(1_100);
  });

  test("a price accepts a decimal amount that is whole, and answers 501 to fractions of a cent", async () => {
    const { id: product } = await fund();
    const decimal = (sum: string) =>
      stripe.prices.create({ product, currency: "eur", unit_amount_decimal: Stripe.Decimal.from(sum) });
    expect((await decimal("1000")).unit_amount).toBe(1_000);
    await expect(decimal("0.5")).rejects.toMatchObject({ statusCode: 501 });
  });

  test("a price is listed by its lookup key, which moves to another price only on request", async () => {
    const { id: product } = await fund();
    const first = await stripe.prices.create(monthly(product, { lookup_key: "monthly" }));
    const second = monthly(product, { lookup_key: "monthly" });
    await expect(stripe.prices.create(second)).rejects.toMatchObject({ code: "resource_already_exists" });
    const taken = await stripe.prices.create({ ...second, transfer_lookup_key: true });
    expect((await stripe.prices.list({ lookup_keys: ["monthly"] })).data.map(({ id }) => id)).toEqual([taken.id]);
    expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
  });

  test("prices are listed by their interval", async () => {
    const { id: product } = await fund();
    await stripe.prices.create(monthly(product));
    const yearly = await stripe.prices.create(monthly(product, { recurring: { interval: "year" } }));
    const { data } = await stripe.prices.list({ product, recurring: { interval: "year" } });
    expect(data.map(({ id }) => id)).toEqual([yearly.id]);
  });

  test("an inactive price cannot be sold", async () => {
    const { id: product } = await fund();
    const price = await stripe.prices.create({ product, currency: "eur", unit_amount: 500, active: false });
    const line_items = [{ price: price.id, quantity: 1 }];
    const session = { mode: "payment" as const, success_url: "https://site.example", line_items };
    await expect(stripe.checkout.sessions.create(session)).rejects.toMatchObject({ param: "line_items[0][price]" });
  });

  test("a price with tiers answers 501", async () => {
    const { id: product } = await fund();
    const tiered = { product, currency: "eur", billing_scheme: "tiered" as const };
    await expect(stripe.prices.create(tiered)).rejects.toMatchObject({ statusCode: 501 });
  });
});

describe("a plan", () => {
  test("a plan is a recurring price under its older name", async () => {
    const named = { id: "monthly-basic", currency: "eur", interval: "month" as const, amount: 2_500 };
    const plan = await stripe.plans.create({ ...named, product: { name: "Basic" } });
    expect(plan).toMatchObject({ ...named, object: "plan", interval_count: 1, active: true });
    expect(await stripe.prices.retrieve(plan.id)).toMatchObject({ unit_amount: 2_500, product: plan.product });
    await stripe.prices.update(plan.id, { nickname: "Basic, monthly" });
    expect((await stripe.plans.retrieve(plan.id)).nickname).toBe("Basic, monthly");
    const { data } = await stripe.plans.list({ product: String(plan.product), expand: ["data.product"] });
    expect(data.map(({ product }) => (product as Stripe.Product).name)).toEqual(["Basic"]);
    expect(await stripe.plans.del(plan.id)).toMatchObject({ id: "monthly-basic", deleted: true });
    await expect(stripe.plans.retrieve(plan.id)).rejects.toMatchObject({ statusCode: 404 });
  });

  test("a one-time price is not a plan", async () => {
    const { id: product } = await fund();
    const once = await stripe.prices.create({ product, currency: "eur", unit_amount: 500 });
    await expect(stripe.plans.retrieve(once.id)).rejects.toMatchObject({ statusCode: 404 });
  });
});

test("products, prices and plans send events when they change", async () => {
  const events = await listEventTypesFrom(stripe, async () => {
    const product = await fund();
    const price = await stripe.prices.create(monthly(product.id));
    await stripe.prices.update(price.id, { nickname: "monthly" });
    await stripe.plans.del(price.id);
    await stripe.products.del(product.id);
  });
  expect(events).toEqual([
    "product.created",
    "plan.created",
    "price.created",
    "plan.updated",
    "price.updated",
    "plan.deleted",
    "price.deleted",
    "product.deleted",
  ]);
});
