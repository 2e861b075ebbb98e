import type Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { findOnlyItemUnlessUnusual, nextChargeTimeOf, subscriptionTermsOf } from "./subscription-terms";

const plain = {
  ...{ id: "price_1", currency: "usd", unit_amount: 1_000, billing_scheme: "per_unit", transform_quantity: null },
  recurring: { interval: "month", interval_count: 1, usage_type: "licensed" },
};
const end = Date.UTC(2026, 11, 20, 12) / 1_000;

function subscription(items: object[], more: object = {}): Stripe.Subscription {
  const data = items.map((item) => ({
    ...{ id: "si_1", price: plain, quantity: 1, discounts: [], current_period_end: end },
    ...item,
  }));
  const whole = { currency: "usd", discounts: [], schedule: null, billing_cycle_anchor: end };
  return { ...whole, items: { data, has_more: false }, ...more } as unknown as Stripe.Subscription;
}

const tiers = { ...plain, unit_amount: null, billing_scheme: "tiered" };
const byUsage = { ...plain, recurring: { ...plain.recurring, usage_type: "metered" } };
const inPacks = { ...plain, transform_quantity: { divide_by: 10, round: "up" } };
const aFractionOfACent = { ...plain, unit_amount: null };

describe("an unusual gift is recognised, and its amount is not guessed", () => {
  test.each<[string, Stripe.Subscription, number]>([
    ["several-items", subscription([{}, { quantity: 2 }]), 3_000],
    ["several-items", subscription([{}, { price: tiers }]), 0],
    ["several-items", subscription([{}], { items: { data: subscription([{}]).items.data, has_more: true } }), 0],
    ["price", subscription([{ price: tiers }]), 0],
    ["price", subscription([{ price: byUsage, quantity: undefined }]), 0],
    ["price", subscription([{ price: inPacks }]), 0],
    ["price", subscription([{ price: aFractionOfACent }]), 0],
    ["price", subscription([{ price: { ...plain, unit_amount: 2 ** 52 }, quantity: 4 }]), 0],
    ["discount", subscription([{}], { discounts: ["di_1"] }), 0],
    ["discount", subscription([{ discounts: ["di_1"] }]), 0],
    ["schedule", subscription([{ quantity: 2 }], { schedule: "sub_sched_1" }), 2_000],
  ])("%s", (unusual, gift, amountMinor) => {
    expect(subscriptionTermsOf(gift)).toMatchObject({ unusual, money: { amountMinor, currency: "USD" } });
    expect(findOnlyItemUnlessUnusual(gift)).toBeNull();
  });

  test("reads quantity, interval and count of one plain price", () => {
    const recurring = { ...plain.recurring, interval_count: 3 };
    const gift = subscription([{ quantity: 2, price: { ...plain, recurring } }]);
    const money = { amountMinor: 2_000, currency: "USD" };
    expect(subscriptionTermsOf(gift)).toEqual({ money, frequency: "every-3-month", unusual: null });
    expect(findOnlyItemUnlessUnusual(gift)?.id).toBe("si_1");
  });
});

describe("the next charge", () => {
  const day = (text: string) => new Date(`${text}T12:00:00Z`);
  /**
   * Returns the time of the charge: the period ends at noon, and Stripe charges an hour later, because the invoice is a
   * draft for an hour.
   */
  const charge = (text: string) => new Date(`${text}T13:00:00Z`);
  const running = { status: "active", resumesAt: null, cancelAt: null, frequency: "monthly" } as const;

  test.each([
    ["an hour after the end of the period", running, charge("2026-12-20")],
    [
      "an hour after the end of the period, even while the last payment is owed",
      { ...running, status: "past_due" },
      charge("2026-12-20"),
    ],
    ["never, if Stripe has stopped charging the gift", { ...running, status: "unpaid" }, null],
    ["never, while the gift is paused without an end", { ...running, status: "paused" }, null],
    [
      "at the start of the first period after a pause",
      { ...running, status: "paused", resumesAt: day("2027-01-21") },
      charge("2027-02-20"),
    ],
    ["never, if the gift ends at the end of the period", { ...running, cancelAt: day("2026-12-20") }, null],
    ["never, if the gift ends within that hour", { ...running, cancelAt: new Date("2026-12-20T12:59:00Z") }, null],
    ["once more, if the gift ends after that hour", { ...running, cancelAt: day("2026-12-21") }, charge("2026-12-20")],
  ] as const)("%s", (_, standing, expected) => {
    expect(nextChargeTimeOf(subscription([{}]), standing)).toEqual(expected);
  });
});
