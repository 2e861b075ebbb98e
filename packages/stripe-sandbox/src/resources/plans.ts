// Handles the calls for plans, the older form of recurring prices. A plan and its price are stored as one object with
// one id.
import type Stripe from "stripe";
import type { Account } from "../account";
import { notFoundError, SimulatedStripeError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import {
  boolean,
  decimalString,
  integer,
  object,
  oneOf,
  requiredParam,
  text,
  textOrObject,
  timeRange,
  unsupportedParam,
} from "../http/params";
import { listPage, PAGINATION_PARAMS, parsePagingParams, type Route, requireObject, route } from "../http/route";
import { previousAttributes } from "./previous-attributes";
import { checkPriceData, createPrice, emitPriceEvents } from "./price-object";
import { INLINE_PRODUCT_PARAMS } from "./product-params";
import { createProduct } from "./products";
import { planOf } from "./subscription-object";

const NEW_PLAN = {
  active: boolean(),
  amount: integer({ min: 0 }),
  amount_decimal: decimalString(),
  billing_scheme: oneOf("per_unit"),
  currency: requiredParam(text({ max: 3 })),
  id: text({ max: 255 }),
  interval: requiredParam(oneOf("day", "week", "month", "year")),
  interval_count: integer({ min: 1, max: 156 }),
  metadata: METADATA_PARAM,
  meter: unsupportedParam(),
  nickname: text(),
  product: requiredParam(textOrObject(text(), object(INLINE_PRODUCT_PARAMS))),
  tiers: unsupportedParam(),
  tiers_mode: unsupportedParam(),
  transform_usage: unsupportedParam(),
  trial_period_days: integer({ min: 1, max: 730 }),
  usage_type: oneOf("licensed", "metered"),
};

function create(account: Account, params: ParsedParams<typeof NEW_PLAN>): Stripe.Plan {
  if (params.id && account.find("price", params.id)) {
    const message = `Plan already exists: '${params.id}'.`;
    throw new SimulatedStripeError({ status: 400, code: "resource_already_exists", param: "id", message });
  }
  const { amount, amount_decimal, interval, interval_count, trial_period_days, usage_type, product, ...rest } = params;
  const recurring = { interval, interval_count, trial_period_days, usage_type, meter: undefined };
  const data = { ...rest, unit_amount: amount, unit_amount_decimal: amount_decimal, recurring };
  checkPriceData(data, "");
  const price = createPrice(account, { ...data, product: productFor(account, product) });
  emitPriceEvents(account, "created", { price });
  return planOf(price);
}

function productFor(account: Account, input: ParsedParams<typeof NEW_PLAN>["product"]): string {
  if (typeof input === "string")
    return requireObject(account, "product", { id: input, noun: "product", param: "product" }).id;
  return createProduct(account, input).id;
}

function planWith(account: Account, id: string): Stripe.Price {
  const price = requireObject(account, "price", { id, noun: "plan" });
  if (!price.recurring) throw notFoundError("plan", id);
  return price;
}

const CHANGES = {
  active: boolean(),
  metadata: METADATA_PARAM,
  nickname: text(),
  product: text(),
  trial_period_days: integer({ min: 1, max: 730 }),
};

function update(account: Account, params: ParsedParams<typeof CHANGES>, id: string): Stripe.Plan {
  const before = planWith(account, id);
  if (params.product) requireObject(account, "product", { id: params.product, noun: "product", param: "product" });
  const trial = params.trial_period_days;
  const after: Stripe.Price = {
    ...before,
    active: params.active ?? before.active,
    metadata: mergeMetadata(before.metadata, params.metadata),
    nickname: params.nickname === undefined ? before.nickname : params.nickname,
    product: params.product ?? before.product,
    recurring: before.recurring && {
      ...before.recurring,
      trial_period_days: trial === undefined ? before.recurring.trial_period_days : trial,
    },
  };
  account.put(after);
  emitPriceEvents(account, "updated", { price: after, previous: previousAttributes(before, after) });
  return planOf(after);
}

function remove(account: Account, id: string): Stripe.DeletedPlan {
  const price = planWith(account, id);
  account.store.drop(account.id, id);
  account.emit("plan.deleted", planOf(price));
  account.emit("price.deleted", price);
  return { id, object: "plan", deleted: true };
}

export const planRoutes: Route[] = [
  route("POST /v1/plans", NEW_PLAN, create),
  route("POST /v1/plans/:id", CHANGES, update),
  route("DELETE /v1/plans/:id", {}, (account, _, id) => remove(account, id)),
  route("GET /v1/plans/:id", {}, (account, _, id) => planOf(planWith(account, id))),
  route(
    "GET /v1/plans",
    { active: boolean(), product: text(), created: timeRange(), ...PAGINATION_PARAMS },
    (account, params) => {
      const where = { "$.active": params.active, "$.product": params.product, "$.type": "recurring" };
      const paging = parsePagingParams(account, params, "price");
      const prices = listPage(account, { kind: "price", path: "/v1/plans", where, created: params.created, ...paging });
      return { ...prices, data: prices.data.map(planOf) };
    },
  ),
];
