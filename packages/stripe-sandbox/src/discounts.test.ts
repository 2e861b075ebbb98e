import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listEventTypesFrom } from "./testing/events-from";
import { openTestSandbox, stripeClientFor, TEST_API_KEY, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
let stripe: Stripe;
/**
 * A client with an older API version. The stand-in assumes this version for calls without a version, such as those of
 * the official CLI.
 */
let older: Stripe;

beforeAll(async () => {
  bench = await openTestSandbox();
  stripe = bench.stripe;
  older = stripeClientFor(bench.url, TEST_API_KEY, {
    apiVersion: "2026-03-25.dahlia" as Stripe.StripeConfig["apiVersion"],
  });
});
afterAll(() => bench.close());

describe("a coupon", () => {
  test("a coupon takes off a percentage or an amount, once by default", async () => {
    const share = await stripe.coupons.create({ percent_off: 12.5, name: "Members" });
    expect(share).toMatchObject({
      percent_off: 12.5,
      amount_off: null,
      duration: "once",
      valid: true,
      name: "Members",
    });
    const sum = { amount_off: 500, currency: "eur", duration: "repeating" as const, duration_in_months: 3 };
    expect(await stripe.coupons.create({ id: "SPRING", ...sum })).toMatchObject({ id: "SPRING", ...sum });
    const options = await stripe.coupons.retrieve("SPRING", { expand: ["currency_options", "applies_to"] });
    expect(options).toMatchObject({ currency_options: { eur: { amount_off: 500 } }, applies_to: null });
  });

  const refusals: [string, Stripe.CouponCreateParams, object][] = [
    ["neither a percentage nor an amount", {}, { statusCode: 400 }],
    ["both a percentage and an amount", { percent_off: 10, amount_off: 5, currency: "eur" }, { statusCode: 400 }],
    ["more than 100 percent", { percent_off: 101 }, { param: "percent_off" }],
    ["an amount without a currency", { amount_off: 5 }, { param: "currency" }],
    ["a repeating duration without months", { percent_off: 5, duration: "repeating" }, { param: "duration_in_months" }],
    ["a date in the past", { percent_off: 5, redeem_by: 1 }, { param: "redeem_by" }],
    ["an id that is taken", { percent_off: 5, id: "TAKEN" }, { code: "resource_already_exists" }],
  ];
  test.each(refusals)("a coupon is refused with %s", async (_, params, error) => {
    if (params.id) await stripe.coupons.create(params);
    await expect(stripe.coupons.create(params)).rejects.toMatchObject(error);
  });

  test("a coupon can be renamed and deleted, and sends events", async () => {
    const events = await listEventTypesFrom(stripe, async () => {
      const { id } = await stripe.coupons.create({ percent_off: 20 });
      expect((await stripe.coupons.update(id, { name: "Twenty", metadata: { for: "members" } })).name).toBe("Twenty");
      expect(await stripe.coupons.del(id)).toMatchObject({ id, deleted: true });
      await expect(stripe.coupons.retrieve(id)).rejects.toMatchObject({ statusCode: 404 });
    });
    expect(events).toEqual(["coupon.created", "coupon.updated", "coupon.deleted"]);
  });
});

describe("a promotion code", () => {
  test("a promotion code belongs to one coupon, and only one active code may have a given spelling", async () => {
    const coupon = await stripe.coupons.create({ percent_off: 20 });
    const promotion = { type: "coupon" as const, coupon: coupon.id };
    const code = await stripe.promotionCodes.create({ promotion, code: "READERS" });
    expect(code).toMatchObject({ code: "READERS", active: true, promotion, times_redeemed: 0 });
    await expect(stripe.promotionCodes.create({ promotion, code: "READERS" })).rejects.toMatchObject({
      code: "resource_already_exists",
    });
    expect((await stripe.promotionCodes.list({ code: "READERS" })).data.map(({ id }) => id)).toEqual([code.id]);
    expect((await stripe.promotionCodes.update(code.id, { active: false })).active).toBe(false);
    const again = await stripe.promotionCodes.create({ promotion, code: "READERS" });
    const expanded = await stripe.promotionCodes.retrieve(again.id, { expand: ["promotion.coupon"] });
    expect(expanded.promotion.coupon).toMatchObject({ id: coupon.id, percent_off: 20 });
  });

  test("a promotion code accepts `coupon` from older callers only", async () => {
    const { id: coupon } = await stripe.coupons.create({ percent_off: 20 });
    const params = { coupon } as unknown as Stripe.PromotionCodeCreateParams;
    await expect(stripe.promotionCodes.create(params)).rejects.toMatchObject({ code: "parameter_unknown" });
    expect((await older.promotionCodes.create(params)).promotion.coupon).toBe(coupon);
  });
});

describe("a customer's discount", () => {
  test("older callers can set and change a customer's discount, and a coupon that is used up is refused", async () => {
    const [one, two] = [
      await stripe.coupons.create({ percent_off: 20, duration: "repeating", duration_in_months: 2 }),
      await stripe.coupons.create({ percent_off: 30, max_redemptions: 1 }),
    ];
    const events = await listEventTypesFrom(stripe, async () => {
      const customer = await older.customers.create({ coupon: one.id } as Stripe.CustomerCreateParams);
      expect(customer.discount).toMatchObject({ customer: customer.id, source: { type: "coupon", coupon: one.id } });
      expect(customer.discount?.end).toBeGreaterThan(customer.discount?.start ?? 0);
      await older.customers.update(customer.id, { coupon: two.id } as Stripe.CustomerUpdateParams);
      expect(await stripe.customers.deleteDiscount(customer.id)).toMatchObject({ object: "discount", deleted: true });
      expect(((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).discount).toBeNull();
    });
    expect(events).toEqual([
      "customer.created",
      "customer.discount.created",
      "customer.discount.updated",
      "customer.updated",
      "customer.discount.deleted",
    ]);
    expect(await stripe.coupons.retrieve(two.id)).toMatchObject({ times_redeemed: 1, valid: false });
    await expect(older.customers.create({ coupon: two.id } as Stripe.CustomerCreateParams)).rejects.toMatchObject({
      code: "coupon_expired",
    });
  });
});

describe("rates", () => {
  test("tax rates are created, listed and archived", async () => {
    const fields = { display_name: "VAT", percentage: 8.5, inclusive: false, country: "DE", tax_type: "vat" as const };
    const rate = await stripe.taxRates.create(fields);
    expect(rate).toMatchObject({ ...fields, active: true, effective_percentage: 8.5, rate_type: "percentage" });
    expect(await stripe.taxRates.update(rate.id, { active: false })).toMatchObject({ active: false });
    expect((await stripe.taxRates.list({ active: false })).data.map(({ id }) => id)).toEqual([rate.id]);
    await expect(stripe.taxRates.create({ ...fields, percentage: 101 })).rejects.toMatchObject({ param: "percentage" });
  });

  test("shipping rates are created and archived", async () => {
    const fixed_amount = { amount: 500, currency: "eur" };
    const rate = await stripe.shippingRates.create({ display_name: "Post", fixed_amount, type: "fixed_amount" });
    expect(rate).toMatchObject({ display_name: "Post", fixed_amount, active: true });
    await stripe.shippingRates.update(rate.id, { active: false });
    expect((await stripe.shippingRates.list({ active: true })).data).toEqual([]);
  });
});
