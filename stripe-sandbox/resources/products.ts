// Products and prices: made on their own, or inline by price_data.
import Stripe from "stripe";
import type { Account } from "../account";
import { invalid, StripeError } from "../http/errors";
import type { Read } from "../http/params";
import { flag, integer, list, object, oneOf, required, text, unbuilt, url } from "../http/params";
import { found, listRoute, META, mergeMetadata, type Route, retrieveRoute, route, withoutEmpty } from "../http/route";
import { decimalsOf, formatSum, isKnownCurrency, knownCurrencies, LARGEST_AMOUNT } from "../money";

const PRODUCT_FIELDS = {
  active: flag(),
  description: text(),
  images: list(required(url()), { max: 8 }),
  metadata: META,
  statement_descriptor: text({ max: 22 }),
  tax_code: text(),
  unit_label: text({ max: 12 }),
  url: url(),
};

const RECURRING = {
  interval: required(oneOf("day", "week", "month", "year")),
  interval_count: integer({ min: 1, max: 156 }),
  usage_type: oneOf("licensed"),
};

const PRICE_COMMON = {
  currency: required(text({ max: 3 })),
  unit_amount: integer({ min: 0 }),
  unit_amount_decimal: unbuilt(),
  tax_behavior: oneOf("exclusive", "inclusive", "unspecified"),
};

/** `price_data` of Checkout, where a product may be made on the spot. */
export const PRICE_DATA = {
  ...PRICE_COMMON,
  product: text(),
  product_data: object({ ...PRODUCT_FIELDS, name: required(text({ max: 1500 })), tax_details: unbuilt() }),
  recurring: object(RECURRING),
};

/** `price_data` of a subscription item: an existing product, always recurring. */
export const ITEM_PRICE_DATA = { ...PRICE_COMMON, product: required(text()), recurring: required(object(RECURRING)) };

interface PriceData {
  currency: string;
  unit_amount?: number | null;
  tax_behavior?: Stripe.Price.TaxBehavior | null;
  recurring?: Read<typeof RECURRING> | null;
}

export function createProduct(
  account: Account,
  given: Partial<Read<typeof PRODUCT_FIELDS>> & { id?: string | null; name: string },
): Stripe.Product {
  const created = account.now();
  const product: Stripe.Product = {
    id: given.id ?? account.newId("prod_"),
    object: "product",
    active: given.active ?? true,
    created,
    default_price: null,
    description: given.description ?? null,
    images: given.images ?? [],
    livemode: account.livemode,
    marketing_features: [],
    metadata: withoutEmpty(given.metadata),
    name: given.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: given.statement_descriptor ?? null,
    tax_code: given.tax_code ?? null,
    tax_details: null,
    type: "service",
    unit_label: given.unit_label ?? null,
    updated: created,
    url: given.url ?? null,
  };
  account.put(product);
  return product;
}

export function createPrice(
  account: Account,
  data: PriceData & { product: string; nickname?: string | null; lookupKey?: string | null; active?: boolean | null },
): Stripe.Price {
  const unitAmount = data.unit_amount ?? 0;
  const price: Stripe.Price = {
    id: account.newId("price_"),
    object: "price",
    active: data.active ?? true,
    billing_scheme: "per_unit",
    created: account.now(),
    currency: data.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: account.livemode,
    lookup_key: data.lookupKey ?? null,
    metadata: {},
    nickname: data.nickname ?? null,
    product: data.product,
    recurring: data.recurring ? recurringOf(data.recurring) : null,
    tax_behavior: data.tax_behavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: data.recurring ? "recurring" : "one_time",
    unit_amount: unitAmount,
    unit_amount_decimal: Stripe.Decimal.from(unitAmount),
  };
  account.put(price);
  return price;
}

function recurringOf({ interval, interval_count }: Read<typeof RECURRING>): Stripe.Price.Recurring {
  return {
    interval,
    interval_count: interval_count ?? 1,
    meter: null,
    trial_period_days: null,
    usage_type: "licensed",
  };
}

/** Currency, presence and shape of an amount; whether it may be charged is for the payment to say. */
export function checkPriceData(data: PriceData, at: string): void {
  const currency = data.currency.toLowerCase();
  if (!isKnownCurrency(currency)) {
    const message = `Invalid currency: ${currency}. Stripe currently supports these currencies: ${knownCurrencies().join(", ")}`;
    throw invalid(message, { param: `${at}[currency]` });
  }
  if (data.unit_amount === undefined || data.unit_amount === null)
    throw invalid(`Missing required param: ${at}[unit_amount].`, {
      code: "parameter_missing",
      param: `${at}[unit_amount]`,
    });
  if (data.unit_amount > LARGEST_AMOUNT) {
    const most = formatSum({ amount: LARGEST_AMOUNT, currency });
    throw invalid(`Amount must be no more than ${most}`, { code: "amount_too_large", param: `${at}[unit_amount]` });
  }
  if (decimalsOf(currency) === 3 && data.unit_amount % 10 !== 0) {
    const message = `Invalid amount: amounts in ${currency} must end in 0, since the smallest unit charged is 0.01.`;
    throw invalid(message, { code: "parameter_invalid_integer", param: `${at}[unit_amount]` });
  }
}

/** A price from `price` (an id) or from inline data. */
export function priceFrom(
  account: Account,
  given: { price?: string | null; price_data?: Read<typeof PRICE_DATA> | null },
  at: string,
): Stripe.Price {
  if (given.price) return found(account, "price", given.price, "price", `${at}[price]`);
  const data = given.price_data;
  if (!data)
    throw invalid(`Missing required param: ${at}[price].`, { code: "parameter_missing", param: `${at}[price]` });
  checkPriceData(data, `${at}[price_data]`);
  if (Boolean(data.product) === Boolean(data.product_data))
    throw invalid("You must specify exactly one of `product` or `product_data`.", {
      param: `${at}[price_data][product]`,
    });
  const product = data.product
    ? found(account, "product", data.product, "product", `${at}[price_data][product]`)
    : createProduct(account, { ...data.product_data, name: data.product_data?.name ?? "" });
  return createPrice(account, { ...data, product: product.id });
}

function updateProduct(account: Account, id: string, params: Read<typeof PRODUCT_FIELDS> & { name?: string | null }) {
  const before = found(account, "product", id, "product");
  const { metadata: given, ...fields } = params;
  const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const after = { ...before, ...set, metadata: mergeMetadata(before.metadata, given), updated: account.now() };
  account.put(after);
  account.emit("product.updated", after);
  return after;
}

export const productRoutes: Route[] = [
  route(
    "POST /v1/products",
    { ...PRODUCT_FIELDS, id: text({ max: 255 }), name: required(text({ max: 1500 })), default_price_data: unbuilt() },
    (account, params) => {
      if (params.id && account.find("product", params.id)) {
        const message = `Product already exists: '${params.id}'.`;
        throw new StripeError({ status: 400, code: "resource_already_exists", param: "id", message });
      }
      const product = createProduct(account, params);
      account.emit("product.created", product);
      return product;
    },
  ),
  route("POST /v1/products/:id", { ...PRODUCT_FIELDS, name: text({ max: 1500 }) }, (account, params, id) =>
    updateProduct(account, id, params),
  ),
  retrieveRoute("product", "/v1/products", "product"),
  listRoute("product", "/v1/products", { active: flag() }, (params) => ({ "$.active": params.active })),
  route(
    "POST /v1/prices",
    {
      ...PRICE_DATA,
      active: flag(),
      lookup_key: text({ max: 200 }),
      metadata: META,
      nickname: text(),
      custom_unit_amount: unbuilt(),
      currency_options: unbuilt(),
      billing_scheme: oneOf("per_unit"),
    },
    (account, params) => {
      checkPriceData(params, "");
      const product = params.product_data
        ? createProduct(account, params.product_data)
        : found(account, "product", params.product ?? "", "product", "product");
      const { lookup_key: lookupKey, ...data } = params;
      const price = {
        ...createPrice(account, { ...data, lookupKey, product: product.id }),
        metadata: withoutEmpty(params.metadata),
      };
      account.put(price);
      account.emit("price.created", price);
      return price;
    },
  ),
  route("POST /v1/prices/:id", { active: flag(), metadata: META, nickname: text() }, (account, params, id) => {
    const before = found(account, "price", id, "price");
    const nickname = params.nickname === undefined ? before.nickname : params.nickname;
    const metadata = mergeMetadata(before.metadata, params.metadata);
    const after = { ...before, active: params.active ?? before.active, nickname, metadata };
    account.put(after);
    account.emit("price.updated", after);
    return after;
  }),
  retrieveRoute("price", "/v1/prices", "price"),
  listRoute(
    "price",
    "/v1/prices",
    { active: flag(), currency: text(), product: text(), type: oneOf("one_time", "recurring") },
    (params) => ({
      "$.active": params.active,
      "$.currency": params.currency,
      "$.product": params.product,
      "$.type": params.type,
    }),
  ),
];
