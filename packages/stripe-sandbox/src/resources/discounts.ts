// Discounts: a coupon or promotion code applied to a customer.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalid } from "../http/errors";
import { found } from "../http/route";
import { idOf } from "../objects";
import { redeem } from "./coupons";
import { addIntervals } from "./periods";

export type Granted = {
  coupon?: string | null;
  promotion_code?: string | null;
};

/** Creates the discount and counts the redemption; `at` is the parameter that named the coupon or code. */
export function createDiscount(
  account: Account,
  granted: Granted,
  {
    to,
    at = (name) => name,
  }: { to: { customer: string | null; subscription?: string }; at?: (name: string) => string },
): Stripe.Discount {
  const code = granted.promotion_code ? redeemCode(account, granted.promotion_code, at("promotion_code")) : null;
  const named = code ? idOf(code.promotion.coupon) : granted.coupon;
  if (!named) throw invalid("You must pass `coupon` or `promotion_code`.", { param: at("coupon") });
  const coupon = redeem(account, named, code ? at("promotion_code") : at("coupon"));
  const start = account.now();
  const discount: Stripe.Discount = {
    id: account.newId("di_"),
    object: "discount",
    checkout_session: null,
    customer: to.customer,
    customer_account: null,
    end: endOf(coupon, start),
    invoice: null,
    invoice_item: null,
    promotion_code: code?.id ?? null,
    source: { coupon: coupon.id, type: "coupon" },
    start,
    subscription: to.subscription ?? null,
    subscription_item: null,
  };
  account.put(discount);
  return discount;
}

function endOf({ duration, duration_in_months: months }: Stripe.Coupon, start: number): number | null {
  return duration === "repeating" && months
    ? addIntervals(start, { interval: "month", interval_count: months }, 1)
    : null;
}

function redeemCode(account: Account, id: string, param: string): Stripe.PromotionCode {
  const code = found(account, "promotion_code", { id, noun: "promotion code", param });
  const isUsedUp = code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions;
  const isOver = code.expires_at !== null && code.expires_at <= account.now();
  if (!code.active || isUsedUp || isOver) throw invalid("This promotion code is no longer active.", { param });
  const redeemed: Stripe.PromotionCode = { ...code, times_redeemed: code.times_redeemed + 1 };
  account.put(redeemed);
  return redeemed;
}
