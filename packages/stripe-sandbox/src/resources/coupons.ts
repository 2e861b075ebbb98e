// Handles the calls for coupons. The discounts that a coupon gave remain after the coupon is deleted.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, SimulatedStripeError, unsupportedError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import {
  decimalString,
  integer,
  list,
  mapOf,
  object,
  oneOf,
  requiredParam,
  text,
  unsupportedParam,
} from "../http/params";
import { listRoute, type Route, requireObject, route } from "../http/route";
import { previousAttributes } from "./previous-attributes";
import { checkCurrency } from "./price-object";

const NEW_COUPON = {
  amount_off: integer({ min: 1 }),
  applies_to: object({ products: list(requiredParam(text())) }),
  currency: text({ max: 3 }),
  currency_options: mapOf(object({ amount_off: requiredParam(integer({ min: 1 })) })),
  duration: oneOf("forever", "once", "repeating"),
  duration_in_months: integer({ min: 1 }),
  id: text({ max: 500 }),
  max_redemptions: integer({ min: 1 }),
  metadata: METADATA_PARAM,
  name: text({ max: 40 }),
  percent_off: decimalString({ min: 0.01, max: 100 }),
  redeem_by: integer({ min: 1 }),
};
type NewCoupon = ParsedParams<typeof NEW_COUPON>;

function create(account: Account, params: NewCoupon): Stripe.Coupon {
  check(account, params);
  const coupon: Stripe.Coupon = {
    id: params.id ?? account.newId("").slice(0, 8),
    object: "coupon",
    amount_off: params.amount_off ?? null,
    created: account.now(),
    currency: params.currency?.toLowerCase() ?? null,
    duration: params.duration ?? "once",
    duration_in_months: params.duration_in_months ?? null,
    livemode: account.livemode,
    max_redemptions: params.max_redemptions ?? null,
    metadata: withoutEmptyValues(params.metadata),
    name: params.name ?? null,
    percent_off: params.percent_off ? Number(params.percent_off) : null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  };
  const { amount_off, currency } = coupon;
  const own = currency && amount_off ? { [currency]: { amount_off } } : {};
  account.putWithInternalState<"coupon">(coupon, {
    appliesTo: params.applies_to ? { products: params.applies_to.products ?? [] } : null,
    currencyOptions: { ...own, ...params.currency_options },
  });
  account.emit("coupon.created", coupon);
  return coupon;
}

function check(account: Account, params: NewCoupon): void {
  if (Boolean(params.percent_off) === Boolean(params.amount_off))
    throw invalidRequest("You must pass either `percent_off` or `amount_off` to create a coupon, and not both.");
  if (params.amount_off && !params.currency)
    throw invalidRequest("You must pass `currency` when passing `amount_off`.", {
      code: "parameter_missing",
      param: "currency",
    });
  if (params.currency) checkCurrency(params.currency.toLowerCase(), "currency");
  const repeats = params.duration === "repeating";
  if (repeats !== Boolean(params.duration_in_months))
    throw invalidRequest("`duration_in_months` is required when `duration` is `repeating`, and refused otherwise.", {
      param: "duration_in_months",
    });
  if (params.redeem_by && params.redeem_by <= account.now())
    throw invalidRequest("`redeem_by` must be in the future.", { param: "redeem_by" });
  if (params.id && account.find("coupon", params.id)) {
    const message = `Coupon already exists: ${params.id}`;
    throw new SimulatedStripeError({ status: 400, code: "resource_already_exists", param: "id", message });
  }
}

export function withCurrentValidity(account: Account, coupon: Stripe.Coupon): Stripe.Coupon {
  const isUsedUp = coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions;
  const isOver = coupon.redeem_by !== null && coupon.redeem_by <= account.now();
  return { ...coupon, valid: !isUsedUp && !isOver };
}

export function redeemCoupon(account: Account, id: string, param: string): Stripe.Coupon {
  const coupon = withCurrentValidity(account, requireObject(account, "coupon", { id, noun: "coupon", param }));
  if (!coupon.valid) throw invalidRequest(`Coupon ${id} is used up or has expired.`, { code: "coupon_expired", param });
  if (account.internalState<"coupon">(id).appliesTo)
    throw unsupportedError("discounts of coupons that apply to some products only");
  const redeemed = withCurrentValidity(account, { ...coupon, times_redeemed: coupon.times_redeemed + 1 });
  account.put(redeemed);
  return redeemed;
}

const CHANGES = { metadata: METADATA_PARAM, name: text({ max: 40 }), currency_options: unsupportedParam() };

function update(account: Account, params: ParsedParams<typeof CHANGES>, id: string): Stripe.Coupon {
  const before = requireObject(account, "coupon", { id, noun: "coupon" });
  const after: Stripe.Coupon = {
    ...before,
    metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
    name: params.name === undefined ? before.name : params.name,
  };
  account.put(after);
  account.emit("coupon.updated", after, previousAttributes(before, after));
  return withCurrentValidity(account, after);
}

function remove(account: Account, id: string): Stripe.DeletedCoupon {
  const coupon = requireObject(account, "coupon", { id, noun: "coupon" });
  account.store.drop(account.id, id);
  account.emit("coupon.deleted", { ...coupon, valid: false });
  return { id, object: "coupon", deleted: true };
}

export const couponRoutes: Route[] = [
  route("POST /v1/coupons", NEW_COUPON, create),
  route("POST /v1/coupons/:id", CHANGES, update),
  route("DELETE /v1/coupons/:id", {}, (account, _, id) => remove(account, id)),
  route("GET /v1/coupons/:id", {}, (account, _, id) =>
    withCurrentValidity(account, requireObject(account, "coupon", { id, noun: "coupon" })),
  ),
  listRoute("coupon", "/v1/coupons", { shape: {}, where: () => ({}) }),
];
