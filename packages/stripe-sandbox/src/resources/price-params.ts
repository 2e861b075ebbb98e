import { decimal, flag, integer, object, oneOf, required, text, unbuilt } from "../http/params";
import { INLINE_PRODUCT } from "./product-params";

export const RECURRING = {
  interval: required(oneOf("day", "week", "month", "year")),
  interval_count: integer({ min: 1, max: 156 }),
  usage_type: oneOf("licensed", "metered"),
  trial_period_days: integer({ min: 1, max: 730 }),
  meter: unbuilt(),
};

const AMOUNT = {
  unit_amount: integer({ min: 0 }),
  unit_amount_decimal: decimal(),
  tax_behavior: oneOf("exclusive", "inclusive", "unspecified"),
};

export const PRICE_COMMON = { ...AMOUNT, currency: required(text({ max: 3 })) };

/** `price_data` of a subscription item. It is always recurring, and for an existing product. */
export const ITEM_PRICE_DATA = { ...PRICE_COMMON, product: required(text()), recurring: required(object(RECURRING)) };

/** A price whose amount the payer chooses, with its minimum, maximum and preset. */
export const CUSTOM_AMOUNT = {
  enabled: required(flag()),
  maximum: integer({ min: 0 }),
  minimum: integer({ min: 0 }),
  preset: integer({ min: 0 }),
};

export const CURRENCY_OPTION = { ...AMOUNT, custom_unit_amount: object(CUSTOM_AMOUNT), tiers: unbuilt() };

/** `price_data` of Checkout, which may also create a product. */
export const PRICE_DATA = {
  ...PRICE_COMMON,
  product: text(),
  product_data: object(INLINE_PRODUCT),
  recurring: object(RECURRING),
};
