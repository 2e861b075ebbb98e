// Handles the calls for products. A product that has prices cannot be deleted, only deactivated.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, SimulatedStripeError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { boolean, decimalString, list, mapOf, object, oneOf, requiredParam, text, url } from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import { previousAttributes } from "./previous-attributes";
import { checkPriceData, createPrice, emitPriceEvents } from "./price-object";
import {
  COMMON_PRICE_PARAMS,
  CURRENCY_OPTION_PARAMS,
  CUSTOM_AMOUNT_PARAMS,
  PRICE_RECURRENCE_PARAMS,
} from "./price-params";
import { TAX_DETAILS_PARAM } from "./product-params";

const SIZE = requiredParam(decimalString());

const FIELDS = {
  active: boolean(),
  description: text(),
  images: list(requiredParam(url()), { max: 8 }),
  marketing_features: list(object({ name: requiredParam(text({ max: 80 })) }), { max: 15 }),
  metadata: METADATA_PARAM,
  name: text({ max: 1500 }),
  package_dimensions: object({ height: SIZE, length: SIZE, weight: SIZE, width: SIZE }),
  shippable: boolean(),
  statement_descriptor: text({ max: 22 }),
  tax_code: text(),
  tax_details: TAX_DETAILS_PARAM,
  unit_label: text({ max: 12 }),
  url: url(),
};

const DEFAULT_PRICE = object({
  ...COMMON_PRICE_PARAMS,
  currency_options: mapOf(object(CURRENCY_OPTION_PARAMS)),
  custom_unit_amount: object(CUSTOM_AMOUNT_PARAMS),
  metadata: METADATA_PARAM,
  recurring: object(PRICE_RECURRENCE_PARAMS),
});

const NEW_PRODUCT = {
  ...FIELDS,
  default_price_data: DEFAULT_PRICE,
  id: text({ max: 255 }),
  name: requiredParam(text({ max: 1500 })),
  type: oneOf("good", "service"),
};

type NewProduct = Partial<Omit<ParsedParams<typeof NEW_PRODUCT>, "default_price_data">> & { name: string };

export function createProduct(account: Account, input: NewProduct): Stripe.Product {
  if (input.id && account.find("product", input.id)) {
    const message = `Product already exists: '${input.id}'.`;
    throw new SimulatedStripeError({ status: 400, code: "resource_already_exists", param: "id", message });
  }
  const created = account.now();
  const product: Stripe.Product = {
    id: input.id ?? account.newId("prod_"),
    object: "product",
    active: input.active ?? true,
    created,
    default_price: null,
    description: input.description ?? null,
    images: input.images ?? [],
    livemode: account.livemode,
    marketing_features: input.marketing_features ?? [],
    metadata: withoutEmptyValues(input.metadata),
    name: input.name,
    package_dimensions: dimensionsOf(input.package_dimensions),
    shippable: input.shippable ?? null,
    statement_descriptor: input.statement_descriptor ?? null,
    tax_code: input.tax_code ?? null,
    tax_details: taxDetailsOf(input.tax_details),
    type: input.type ?? "service",
    unit_label: input.unit_label ?? null,
    updated: created,
    url: input.url ?? null,
  };
  account.put(product);
  return product;
}

function dimensionsOf(input: NewProduct["package_dimensions"]): Stripe.Product.PackageDimensions | null {
  if (!input) return null;
  const { height, length, weight, width } = input;
  return { height: Number(height), length: Number(length), weight: Number(weight), width: Number(width) };
}

function taxDetailsOf(input: NewProduct["tax_details"]): Stripe.Product.TaxDetails | null {
  if (!input) return null;
  return { performance_location: input.performance_location ?? null, tax_code: input.tax_code ?? null };
}

function create(account: Account, params: ParsedParams<typeof NEW_PRODUCT>): Stripe.Product {
  const product = createProduct(account, params);
  account.emit("product.created", product);
  return params.default_price_data ? withDefaultPrice(account, product, params.default_price_data) : product;
}

function withDefaultPrice(
  account: Account,
  product: Stripe.Product,
  input: NonNullable<ParsedParams<typeof NEW_PRODUCT>["default_price_data"]>,
): Stripe.Product {
  checkPriceData(input, "default_price_data");
  const { currency_options: currencyOptions, ...data } = input;
  const price = createPrice(account, { ...data, currencyOptions, product: product.id });
  emitPriceEvents(account, "created", { price });
  const priced: Stripe.Product = { ...product, default_price: price.id };
  account.put(priced);
  account.emit("product.updated", priced, { default_price: null });
  return priced;
}

const CHANGES = { ...FIELDS, default_price: text() };

function update(account: Account, params: ParsedParams<typeof CHANGES>, id: string): Stripe.Product {
  const before = requireObject(account, "product", { id, noun: "product" });
  if (params.default_price) checkDefaultPrice(account, params.default_price, id);
  const { active, images, marketing_features, metadata, name, package_dimensions, tax_details, ...fields } = params;
  const after: Stripe.Product = {
    ...before,
    ...withoutUndefined(fields),
    active: active ?? before.active,
    images: images ?? before.images,
    marketing_features: marketing_features ?? before.marketing_features,
    metadata: mergeMetadata(before.metadata, metadata),
    name: name ?? before.name,
    package_dimensions: package_dimensions === undefined ? before.package_dimensions : dimensionsOf(package_dimensions),
    tax_details: tax_details === undefined ? before.tax_details : taxDetailsOf(tax_details),
    updated: account.now(),
  };
  account.put(after);
  account.emit("product.updated", after, previousAttributes(before, after));
  return after;
}

function withoutUndefined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function checkDefaultPrice(account: Account, priceId: string, product: string): void {
  const price = requireObject(account, "price", { id: priceId, noun: "price", param: "default_price" });
  const at = { param: "default_price" };
  if (price.product !== product)
    throw invalidRequest(`The price ${priceId} does not belong to the product ${product}.`, at);
  if (!price.active) throw invalidRequest("The default price of a product must be active.", at);
}

function remove(account: Account, id: string): Stripe.DeletedProduct {
  const product = requireObject(account, "product", { id, noun: "product" });
  if (account.list("price", { where: { "$.product": id }, limit: 1 }).length > 0)
    throw invalidRequest("This product cannot be deleted because it has one or more user-created prices.");
  account.store.drop(account.id, id);
  account.emit("product.deleted", product);
  return { id, object: "product", deleted: true };
}

export const productRoutes: Route[] = [
  route("POST /v1/products", NEW_PRODUCT, create),
  route("POST /v1/products/:id", CHANGES, update),
  route("DELETE /v1/products/:id", {}, (account, _, id) => remove(account, id)),
  retrieveRoute("product", "/v1/products", "product"),
  listRoute("product", "/v1/products", {
    shape: {
      active: boolean(),
      ids: list(requiredParam(text())),
      shippable: boolean(),
      type: oneOf("good", "service"),
      url: text(),
    },
    where: (params) => ({
      "$.active": params.active,
      "$.id": params.ids && { anyOf: params.ids },
      "$.shippable": params.shippable,
      "$.type": params.type,
      "$.url": params.url,
    }),
  }),
];
