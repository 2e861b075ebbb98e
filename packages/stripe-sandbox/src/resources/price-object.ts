import Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, unsupportedError } from "../http/errors";
import { withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { decimalsOf, formatMoney, isKnownCurrency, knownCurrencies, MAX_AMOUNT } from "../money";
import type { CURRENCY_OPTION_PARAMS, CUSTOM_AMOUNT_PARAMS, PRICE_RECURRENCE_PARAMS } from "./price-params";
import { planOf } from "./subscription-object";

export type PriceData = {
  currency: string;
  unit_amount?: number | null;
  unit_amount_decimal?: string | null;
  custom_unit_amount?: ParsedParams<typeof CUSTOM_AMOUNT_PARAMS> | null;
  tax_behavior?: Stripe.Price.TaxBehavior | null;
  recurring?: ParsedParams<typeof PRICE_RECURRENCE_PARAMS> | null;
};

export type NewPrice = PriceData & {
  id?: string | null;
  product: string;
  nickname?: string | null;
  lookupKey?: string | null;
  active?: boolean | null;
  metadata?: Record<string, string> | null;
  currencyOptions?: Record<string, ParsedParams<typeof CURRENCY_OPTION_PARAMS>>;
};

export function createPrice(account: Account, data: NewPrice): Stripe.Price {
  const price: Stripe.Price = {
    id: data.id ?? account.newId("price_"),
    object: "price",
    active: data.active ?? true,
    billing_scheme: "per_unit",
    created: account.now(),
    currency: data.currency.toLowerCase(),
    livemode: account.livemode,
    lookup_key: data.lookupKey ?? null,
    metadata: withoutEmptyValues(data.metadata),
    nickname: data.nickname ?? null,
    product: data.product,
    recurring: data.recurring ? recurringOf(data.recurring) : null,
    tiers_mode: null,
    transform_quantity: null,
    type: data.recurring ? "recurring" : "one_time",
    ...amountOf(data),
  };
  account.putWithInternalState<"price">(price, { currencyOptions: optionsOf(price, data.currencyOptions ?? {}) });
  return price;
}

/** Sends the price's event. As at Stripe, the event of a recurring price's plan comes first. */
export function emitPriceEvents(
  account: Account,
  change: "created" | "updated",
  { price, previous }: { price: Stripe.Price; previous?: Record<string, unknown> },
) {
  if (price.recurring) account.emit(`plan.${change}`, planOf(price), previous);
  account.emit(`price.${change}`, price, previous);
}

function amountOf(data: Omit<PriceData, "currency">): Stripe.Price.CurrencyOptions {
  const unitAmount = data.custom_unit_amount ? null : unitAmountOf(data);
  return {
    custom_unit_amount: customAmountOf(data.custom_unit_amount),
    tax_behavior: data.tax_behavior ?? "unspecified",
    unit_amount: unitAmount,
    unit_amount_decimal: unitAmount === null ? null : Stripe.Decimal.from(unitAmount),
  };
}

function optionsOf(price: Stripe.Price, input: NonNullable<NewPrice["currencyOptions"]>) {
  const { custom_unit_amount, tax_behavior, unit_amount, unit_amount_decimal } = price;
  const own = { [price.currency]: { custom_unit_amount, tax_behavior, unit_amount, unit_amount_decimal } };
  return { ...own, ...Object.fromEntries(Object.entries(input).map(([name, option]) => [name, amountOf(option)])) };
}

function customAmountOf(input: PriceData["custom_unit_amount"]): Stripe.Price.CustomUnitAmount | null {
  if (!input) return null;
  return { maximum: input.maximum ?? null, minimum: input.minimum ?? null, preset: input.preset ?? null };
}

function unitAmountOf(data: Omit<PriceData, "currency">): number | null {
  if (typeof data.unit_amount === "number") return data.unit_amount;
  return data.unit_amount_decimal ? Number(data.unit_amount_decimal) : null;
}

function recurringOf(input: ParsedParams<typeof PRICE_RECURRENCE_PARAMS>): Stripe.Price.Recurring {
  if (input.usage_type === "metered") throw unsupportedError("metered prices");
  return {
    interval: input.interval,
    interval_count: input.interval_count ?? 1,
    meter: null,
    trial_period_days: input.trial_period_days ?? null,
    usage_type: "licensed",
  };
}

export function checkPriceData(data: PriceData, paramPath: string): void {
  const param = (name: string) => (paramPath === "" ? name : `${paramPath}[${name}]`);
  const currency = data.currency.toLowerCase();
  checkCurrency(currency, param("currency"));
  if (data.custom_unit_amount) {
    checkCustomAmount(data, param);
    return;
  }
  const unitAmount = unitAmountOf(data);
  if (unitAmount === null)
    throw invalidRequest(`Missing required param: ${param("unit_amount")}.`, {
      code: "parameter_missing",
      param: param("unit_amount"),
    });
  refuseInvalidAmount({ amount: unitAmount, currency }, param("unit_amount"));
  if (typeof data.unit_amount === "number" && data.unit_amount_decimal)
    throw invalidRequest("You may only specify one of these parameters: unit_amount, unit_amount_decimal.", {
      param: param("unit_amount_decimal"),
    });
}

export function checkCurrency(currency: string, param: string): void {
  if (isKnownCurrency(currency)) return;
  const existing = knownCurrencies().join(", ");
  throw invalidRequest(`Invalid currency: ${currency}. Stripe currently supports these currencies: ${existing}`, {
    param,
  });
}

export function refuseInvalidAmount({ amount, currency }: { amount: number; currency: string }, param: string): void {
  if (!Number.isInteger(amount)) throw unsupportedError("parts of the smallest unit in unit_amount_decimal");
  if (amount > MAX_AMOUNT) {
    const most = formatMoney({ amount: MAX_AMOUNT, currency });
    throw invalidRequest(`Amount must be no more than ${most}`, { code: "amount_too_large", param });
  }
  if (decimalsOf(currency) === 3 && amount % 10 !== 0) {
    const message = `Invalid amount: amounts in ${currency} must end in 0, since the smallest unit charged is 0.01.`;
    throw invalidRequest(message, { code: "parameter_invalid_integer", param });
  }
}

function checkCustomAmount(data: PriceData, param: (name: string) => string): void {
  const at = { param: param("custom_unit_amount") };
  if (!data.custom_unit_amount?.enabled) throw invalidRequest("custom_unit_amount[enabled] must be true.", at);
  if (data.recurring) throw invalidRequest("custom_unit_amount can only be set on one-time prices.", at);
  if (unitAmountOf(data) !== null)
    throw invalidRequest("You may only specify one of these parameters: unit_amount, custom_unit_amount.", at);
  const { minimum, maximum, preset } = data.custom_unit_amount;
  const sums = [minimum, preset, maximum].filter((sum) => typeof sum === "number");
  if (sums.some((sum, index) => index > 0 && sum < (sums[index - 1] ?? 0)))
    throw invalidRequest("custom_unit_amount must hold minimum ≤ preset ≤ maximum.", at);
}
