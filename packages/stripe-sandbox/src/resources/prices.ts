import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, SimulatedStripeError, unsupportedError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { boolean, list, mapOf, object, oneOf, requiredParam, text, unsupportedParam } from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import { idOf } from "../objects";
import { previousAttributes } from "./previous-attributes";
import { checkPriceData, createPrice, emitPriceEvents } from "./price-object";
import { CURRENCY_OPTION_PARAMS, CUSTOM_AMOUNT_PARAMS, PRICE_DATA_PARAMS } from "./price-params";
import { createProduct } from "./products";

const NEW_PRICE = {
  ...PRICE_DATA_PARAMS,
  active: boolean(),
  billing_scheme: oneOf("per_unit", "tiered"),
  currency_options: mapOf(object(CURRENCY_OPTION_PARAMS)),
  custom_unit_amount: object(CUSTOM_AMOUNT_PARAMS),
  lookup_key: text({ max: 200 }),
  metadata: METADATA_PARAM,
  nickname: text(),
  tiers: unsupportedParam(),
  tiers_mode: unsupportedParam(),
  transfer_lookup_key: boolean(),
  transform_quantity: unsupportedParam(),
};

export function findOrCreatePrice(
  account: Account,
  input: { price?: string | null; price_data?: ParsedParams<typeof PRICE_DATA_PARAMS> | null },
  paramPath: string,
): Stripe.Price {
  if (input.price)
    return usable(
      account,
      requireObject(account, "price", { id: input.price, noun: "price", param: `${paramPath}[price]` }),
      `${paramPath}[price]`,
    );
  const data = input.price_data;
  if (!data)
    throw invalidRequest(`Missing required param: ${paramPath}[price].`, {
      code: "parameter_missing",
      param: `${paramPath}[price]`,
    });
  checkPriceData(data, `${paramPath}[price_data]`);
  if (data.product) refuseArchived(account, data.product, { param: `${paramPath}[price_data][product]` });
  return createPrice(account, { ...data, product: productFor(account, data, `${paramPath}[price_data]`) });
}

function usable(account: Account, price: Stripe.Price, param: string): Stripe.Price {
  if (!price.active)
    throw invalidRequest("The price specified is inactive. This field only accepts active prices.", { param });
  refuseArchived(account, idOf(price.product) ?? "", { param, price: price.id });
  return price;
}

function refuseArchived(account: Account, id: string, { param, price }: { param: string; price?: string }): void {
  if (account.find("product", id)?.active !== false) return;
  const which = price ? ` You provided the price ${price}.` : "";
  const message = `The product ${id} is marked as inactive, and thus no new subscriptions can be created to any prices of this product.${which}`;
  throw invalidRequest(message, { param });
}

function productFor(
  account: Account,
  data: Pick<ParsedParams<typeof PRICE_DATA_PARAMS>, "product" | "product_data">,
  at: string,
): string {
  const param = at === "" ? "product" : `${at}[product]`;
  if (Boolean(data.product) === Boolean(data.product_data))
    throw invalidRequest("You must specify exactly one of `product` or `product_data`.", { param });
  if (data.product) return requireObject(account, "product", { id: data.product, noun: "product", param }).id;
  return createProduct(account, { ...data.product_data, name: data.product_data?.name ?? "" }).id;
}

/**
 * If another price has this lookup key, removes the key from that price. If the caller did not set
 * `transfer_lookup_key`, throws instead.
 */
function claimLookupKey(
  account: Account,
  key: string,
  { transfers, self }: { transfers: boolean | null | undefined; self?: string },
): void {
  const holder = account.list("price", { where: { "$.lookup_key": key }, limit: 1 })[0];
  if (!holder || holder.id === self) return;
  if (!transfers) {
    const message = `A price (\`${holder.id}\`) already uses that lookup key.`;
    throw new SimulatedStripeError({ status: 400, code: "resource_already_exists", param: "lookup_key", message });
  }
  const freed: Stripe.Price = { ...holder, lookup_key: null };
  account.put(freed);
  emitPriceEvents(account, "updated", { price: freed, previous: { lookup_key: key } });
}

function create(account: Account, params: ParsedParams<typeof NEW_PRICE>): Stripe.Price {
  if (params.billing_scheme === "tiered") throw unsupportedError("tiered prices");
  checkPriceData(params, "");
  const product = productFor(account, params, "");
  if (params.lookup_key) claimLookupKey(account, params.lookup_key, { transfers: params.transfer_lookup_key });
  const { currency_options: currencyOptions, lookup_key: lookupKey, ...data } = params;
  for (const [currency, option] of Object.entries(currencyOptions ?? {}))
    checkPriceData({ ...option, currency }, `currency_options[${currency}]`);
  const price = createPrice(account, { ...data, currencyOptions, lookupKey, product });
  emitPriceEvents(account, "created", { price });
  return price;
}

const CHANGES = {
  active: boolean(),
  currency_options: unsupportedParam(),
  lookup_key: text({ max: 200 }),
  metadata: METADATA_PARAM,
  nickname: text(),
  tax_behavior: oneOf("exclusive", "inclusive", "unspecified"),
  transfer_lookup_key: boolean(),
};

function update(account: Account, params: ParsedParams<typeof CHANGES>, id: string): Stripe.Price {
  const before = requireObject(account, "price", { id, noun: "price" });
  if (params.active === false) refuseIfDefault(account, before);
  if (params.lookup_key)
    claimLookupKey(account, params.lookup_key, { transfers: params.transfer_lookup_key, self: id });
  const after: Stripe.Price = {
    ...before,
    active: params.active ?? before.active,
    lookup_key: params.lookup_key === undefined ? before.lookup_key : params.lookup_key,
    metadata: mergeMetadata(before.metadata, params.metadata),
    nickname: params.nickname === undefined ? before.nickname : params.nickname,
    tax_behavior: params.tax_behavior ?? before.tax_behavior,
  };
  account.put(after);
  emitPriceEvents(account, "updated", { price: after, previous: previousAttributes(before, after) });
  return after;
}

function refuseIfDefault(account: Account, price: Stripe.Price): void {
  const product = account.find("product", String(price.product));
  if (product?.default_price !== price.id) return;
  throw invalidRequest("This price cannot be archived because it is the default price of its product.", {
    param: "active",
  });
}

export const priceRoutes: Route[] = [
  route("POST /v1/prices", NEW_PRICE, create),
  route("POST /v1/prices/:id", CHANGES, update),
  retrieveRoute("price", "/v1/prices", "price"),
  listRoute("price", "/v1/prices", {
    shape: {
      active: boolean(),
      currency: text(),
      lookup_keys: list(requiredParam(text()), { max: 10 }),
      product: text(),
      recurring: object({
        interval: oneOf("day", "week", "month", "year"),
        meter: unsupportedParam(),
        usage_type: oneOf("licensed", "metered"),
      }),
      type: oneOf("one_time", "recurring"),
    },
    where: (params) => ({
      "$.active": params.active,
      "$.currency": params.currency,
      "$.lookup_key": params.lookup_keys && { anyOf: params.lookup_keys },
      "$.product": params.product,
      "$.recurring.interval": params.recurring?.interval,
      "$.recurring.usage_type": params.recurring?.usage_type,
      "$.type": params.type,
    }),
  }),
];
