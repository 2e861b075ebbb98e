// Handles the calls for shipping rates. They are stored and returned, but Checkout does not charge them.
import type Stripe from "stripe";
import type { Account } from "../account";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { boolean, integer, object, oneOf, requiredParam, text, unsupportedParam } from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import { checkCurrency } from "./price-object";

const TIME = object({
  unit: requiredParam(oneOf("business_day", "day", "hour", "month", "week")),
  value: requiredParam(integer({ min: 1 })),
});
const TAX_BEHAVIOR = oneOf("exclusive", "inclusive", "unspecified");

const NEW_RATE = {
  delivery_estimate: object({ maximum: TIME, minimum: TIME }),
  display_name: requiredParam(text({ max: 100 })),
  fixed_amount: requiredParam(
    object({
      amount: requiredParam(integer({ min: 0 })),
      currency: requiredParam(text({ max: 3 })),
      currency_options: unsupportedParam(),
    }),
  ),
  metadata: METADATA_PARAM,
  tax_behavior: TAX_BEHAVIOR,
  tax_code: text(),
  type: oneOf("fixed_amount"),
};

function create(account: Account, params: ParsedParams<typeof NEW_RATE>): Stripe.ShippingRate {
  const currency = params.fixed_amount.currency.toLowerCase();
  checkCurrency(currency, "fixed_amount[currency]");
  const estimate = params.delivery_estimate;
  const rate: Stripe.ShippingRate = {
    id: account.newId("shr_"),
    object: "shipping_rate",
    active: true,
    created: account.now(),
    delivery_estimate: estimate ? { maximum: estimate.maximum ?? null, minimum: estimate.minimum ?? null } : null,
    display_name: params.display_name,
    fixed_amount: { amount: params.fixed_amount.amount, currency },
    livemode: account.livemode,
    metadata: withoutEmptyValues(params.metadata),
    tax_behavior: params.tax_behavior ?? "unspecified",
    tax_code: params.tax_code ?? null,
    type: "fixed_amount",
  };
  account.put(rate);
  return rate;
}

const CHANGES = {
  active: boolean(),
  fixed_amount: unsupportedParam(),
  metadata: METADATA_PARAM,
  tax_behavior: TAX_BEHAVIOR,
};

function update(account: Account, params: ParsedParams<typeof CHANGES>, id: string): Stripe.ShippingRate {
  const before = requireObject(account, "shipping_rate", { id, noun: "shipping rate" });
  const after: Stripe.ShippingRate = {
    ...before,
    active: params.active ?? before.active,
    metadata: mergeMetadata(before.metadata, params.metadata),
    tax_behavior: params.tax_behavior ?? before.tax_behavior,
  };
  account.put(after);
  return after;
}

export const shippingRateRoutes: Route[] = [
  route("POST /v1/shipping_rates", NEW_RATE, create),
  route("POST /v1/shipping_rates/:id", CHANGES, update),
  retrieveRoute("shipping_rate", "/v1/shipping_rates", "shipping rate"),
  listRoute("shipping_rate", "/v1/shipping_rates", {
    shape: { active: boolean(), currency: text() },
    where: (params) => ({
      "$.active": params.active,
      "$.fixed_amount.currency": params.currency,
    }),
  }),
];
