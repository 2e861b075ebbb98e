import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, SimulatedStripeError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { boolean, integer, object, oneOf, requiredParam, text, unsupportedParam } from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import { refuseOlderParameter } from "./older-parameters";
import { previousAttributes } from "./previous-attributes";

const NEW_CODE = {
  active: boolean(),
  code: text({ max: 500 }),
  coupon: text(),
  customer: text(),
  customer_account: unsupportedParam(),
  expires_at: integer({ min: 1 }),
  max_redemptions: integer({ min: 1 }),
  metadata: METADATA_PARAM,
  promotion: object({ type: requiredParam(oneOf("coupon")), coupon: text() }),
  restrictions: object({
    currency_options: unsupportedParam(),
    first_time_transaction: boolean(),
    minimum_amount: integer({ min: 1 }),
    minimum_amount_currency: text({ max: 3 }),
  }),
};

function create(account: Account, params: ParsedParams<typeof NEW_CODE>): Stripe.PromotionCode {
  refuseOlderParameter(account, params, { param: "coupon", instead: "promotion[coupon]" });
  const param = params.coupon ? "coupon" : "promotion[coupon]";
  const named = params.coupon ?? params.promotion?.coupon;
  if (!named) throw invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  const coupon = requireObject(account, "coupon", { id: named, noun: "coupon", param });
  if (params.customer) requireObject(account, "customer", { id: params.customer, noun: "customer", param: "customer" });
  const restrictions = params.restrictions;
  const code: Stripe.PromotionCode = {
    id: account.newId("promo_"),
    object: "promotion_code",
    active: params.active ?? true,
    code: params.code ?? account.newId("").slice(0, 8).toUpperCase(),
    created: account.now(),
    customer: params.customer ?? null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: account.livemode,
    max_redemptions: params.max_redemptions ?? null,
    metadata: withoutEmptyValues(params.metadata),
    promotion: { coupon: coupon.id, type: "coupon" },
    restrictions: {
      first_time_transaction: restrictions?.first_time_transaction ?? false,
      minimum_amount: restrictions?.minimum_amount ?? null,
      minimum_amount_currency: restrictions?.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  };
  refuseTaken(account, code);
  account.put(code);
  account.emit("promotion_code.created", code);
  return code;
}

function refuseTaken(account: Account, { code, customer, active }: Stripe.PromotionCode): void {
  const where = { "$.active": true, "$.code": code, "$.customer": typeof customer === "string" ? customer : undefined };
  if (!active || account.list("promotion_code", { where, limit: 1 }).length === 0) return;
  const message = `An active promotion code with \`code: ${code}\` already exists.`;
  throw new SimulatedStripeError({ status: 400, code: "resource_already_exists", param: "code", message });
}

const CHANGES = { active: boolean(), metadata: METADATA_PARAM, restrictions: unsupportedParam() };

function update(account: Account, params: ParsedParams<typeof CHANGES>, id: string): Stripe.PromotionCode {
  const before = requireObject(account, "promotion_code", { id, noun: "promotion code" });
  const metadata = mergeMetadata(before.metadata ?? {}, params.metadata);
  const after: Stripe.PromotionCode = { ...before, active: params.active ?? before.active, metadata };
  account.put(after);
  account.emit("promotion_code.updated", after, previousAttributes(before, after));
  return after;
}

export const promotionCodeRoutes: Route[] = [
  route("POST /v1/promotion_codes", NEW_CODE, create),
  route("POST /v1/promotion_codes/:id", CHANGES, update),
  retrieveRoute("promotion_code", "/v1/promotion_codes", "promotion code"),
  listRoute("promotion_code", "/v1/promotion_codes", {
    shape: { active: boolean(), code: text(), coupon: text(), customer: text(), customer_account: unsupportedParam() },
    where: (params) => ({
      "$.active": params.active,
      "$.code": params.code,
      "$.customer": params.customer,
      "$.promotion.coupon": params.coupon,
    }),
  }),
];
