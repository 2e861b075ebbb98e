import { boolean, decimalString, integer, object, oneOf, requiredParam, text, unsupportedParam } from "../http/params";
import { INLINE_PRODUCT_PARAMS } from "./product-params";

export const PRICE_RECURRENCE_PARAMS = {
  interval: requiredParam(oneOf("day", "week", "month", "year")),
  interval_count: integer({ min: 1, max: 156 }),
  usage_type: oneOf("licensed", "metered"),
  trial_period_days: integer({ min: 1, max: 730 }),
  meter: unsupportedParam(),
};

const AMOUNT = {
  unit_amount: integer({ min: 0 }),
  unit_amount_decimal: decimalString(),
  tax_behavior: oneOf("exclusive", "inclusive", "unspecified"),
};

export const COMMON_PRICE_PARAMS = { ...AMOUNT, currency: requiredParam(text({ max: 3 })) };

export const SUBSCRIPTION_ITEM_PRICE_DATA_PARAMS = {
  ...COMMON_PRICE_PARAMS,
  product: requiredParam(text()),
  recurring: requiredParam(object(PRICE_RECURRENCE_PARAMS)),
};

export const CUSTOM_AMOUNT_PARAMS = {
  enabled: requiredParam(boolean()),
  maximum: integer({ min: 0 }),
  minimum: integer({ min: 0 }),
  preset: integer({ min: 0 }),
};

export const CURRENCY_OPTION_PARAMS = {
  ...AMOUNT,
  custom_unit_amount: object(CUSTOM_AMOUNT_PARAMS),
  tiers: unsupportedParam(),
};

export const PRICE_DATA_PARAMS = {
  ...COMMON_PRICE_PARAMS,
  product: text(),
  product_data: object(INLINE_PRODUCT_PARAMS),
  recurring: object(PRICE_RECURRENCE_PARAMS),
};
