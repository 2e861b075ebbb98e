import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { requireObject } from "../http/route";
import { idOf } from "../objects";
import { redeemCoupon } from "./coupons";
import { addBillingIntervals } from "./periods";

export type DiscountParams = {
  coupon?: string | null;
  promotion_code?: string | null;
};

/**
 * Redeems the coupon or promotion code and stores a discount. `pathOfParam` returns the full path of a parameter, for
 * error messages.
 */
export function createDiscount(
  account: Account,
  params: DiscountParams,
  {
    owner,
    pathOfParam = (name) => name,
  }: { owner: { customer: string | null; subscription?: string }; pathOfParam?: (name: string) => string },
): Stripe.Discount {
  const code = params.promotion_code ? redeemCode(account, params.promotion_code, pathOfParam("promotion_code")) : null;
  const named = code ? idOf(code.promotion.coupon) : params.coupon;
  if (!named) throw invalidRequest("You must pass `coupon` or `promotion_code`.", { param: pathOfParam("coupon") });
  const coupon = redeemCoupon(account, named, code ? pathOfParam("promotion_code") : pathOfParam("coupon"));
  const start = account.now();
  const discount: Stripe.Discount = {
    id: account.newId("di_"),
    object: "discount",
    checkout_session: null,
    customer: owner.customer,
    customer_account: null,
    end: endOf(coupon, start),
    invoice: null,
    invoice_item: null,
    promotion_code: code?.id ?? null,
    source: { coupon: coupon.id, type: "coupon" },
    start,
    subscription: owner.subscription ?? null,
    subscription_item: null,
  };
  account.put(discount);
  return discount;
}

function endOf({ duration, duration_in_months: months }: Stripe.Coupon, start: number): number | null {
  return duration === "repeating" && months
    ? addBillingIntervals(start, { interval: "month", interval_count: months }, 1)
    : null;
}

function redeemCode(account: Account, id: string, param: string): Stripe.PromotionCode {
  const code = requireObject(account, "promotion_code", { id, noun: "promotion code", param });
  const isUsedUp = code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions;
  const isOver = code.expires_at !== null && code.expires_at <= account.now();
  if (!code.active || isUsedUp || isOver) throw invalidRequest("This promotion code is no longer active.", { param });
  const redeemed: Stripe.PromotionCode = { ...code, times_redeemed: code.times_redeemed + 1 };
  account.put(redeemed);
  return redeemed;
}
