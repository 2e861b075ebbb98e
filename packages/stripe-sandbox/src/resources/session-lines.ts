// Creates the line items of a Checkout session. If a trial or a later billing date postpones the recurring prices, only
// the one-time prices are due today.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, unsupportedError } from "../http/errors";
import { withoutEmptyValues } from "../http/metadata";
import { findMinimumChargeIfAmountIsBelow, formatMoney, MAX_AMOUNT } from "../money";
import type { DetailsCollectedFromPayer } from "./collected-details";
import { findOrCreatePrice } from "./prices";
import type { CheckoutSessionParams, LineItemParams } from "./session-params";

type Mode = CheckoutSessionParams["mode"];

export function createCheckoutLineItem(
  account: Account,
  line: LineItemParams,
  { index, isDeferred = false }: { index: number; isDeferred?: boolean },
): Stripe.LineItem {
  const at = `line_items[${index}]`;
  const price = findOrCreatePrice(account, line, at);
  const adjustable = adjustableOf(line, at);
  if (line.quantity === 0 && !adjustable?.enabled)
    throw invalidRequest("Quantity must be at least 1.", {
      code: "parameter_invalid_integer",
      param: `${at}[quantity]`,
    });
  const product = account.find("product", String(price.product));
  const priced: Stripe.LineItem = {
    id: account.newId("li_"),
    object: "item",
    adjustable_quantity: adjustable,
    amount_discount: 0,
    amount_subtotal: 0,
    amount_tax: 0,
    amount_total: 0,
    currency: price.currency,
    description: product?.name ?? null,
    metadata: withoutEmptyValues(line.metadata),
    price,
    quantity: line.quantity ?? 1,
  };
  return withTotalsForUnitAmount(priced, isDeferred && price.recurring ? 0 : unitAmountOrCustomAmountPreset(price));
}

export function unitAmountOrCustomAmountPreset(price: Stripe.Price): number {
  return price.unit_amount ?? price.custom_unit_amount?.preset ?? 0;
}

export function firstChargeDeferredUntil(
  account: Account,
  { subscription_data: input }: CheckoutSessionParams,
): number | null {
  if (input?.trial_period_days) return account.now() + input.trial_period_days * 86_400;
  return input?.trial_end ?? input?.billing_cycle_anchor ?? null;
}

export function withTotalsForUnitAmount(line: Stripe.LineItem, unitAmount: number): Stripe.LineItem {
  const amount = unitAmount * (line.quantity ?? 1);
  return { ...line, amount_subtotal: amount, amount_total: amount };
}

export function withPayerChoices(
  lines: Stripe.LineItem[],
  { quantities, customAmount }: DetailsCollectedFromPayer,
): Stripe.LineItem[] {
  return lines.map((line) => {
    const unitAmount = hasCustomUnitAmount(line) ? customAmount : line.amount_total / (line.quantity || 1);
    const quantity = quantities[line.id] ?? line.quantity;
    return unitAmount === null ? line : withTotalsForUnitAmount({ ...line, quantity }, unitAmount);
  });
}

function adjustableOf({ adjustable_quantity: input, quantity }: LineItemParams, at: string) {
  if (!input) return null;
  const minimum = input.minimum ?? 0;
  const maximum = input.maximum ?? 99;
  const param = `${at}[adjustable_quantity]`;
  if (minimum > maximum)
    throw invalidRequest("`adjustable_quantity.minimum` must not be greater than `maximum`.", {
      param: `${param}[minimum]`,
    });
  if (input.enabled && quantity && (quantity < minimum || quantity > maximum))
    throw invalidRequest(`The quantity must be between ${minimum} and ${maximum}.`, { param: `${at}[quantity]` });
  return { enabled: input.enabled, maximum, minimum };
}

export function requireValidTotal(lines: Stripe.LineItem[], mode: Mode) {
  const currency = lines[0]?.currency ?? "usd";
  const param = "line_items";
  if (lines.some((line) => line.currency !== currency))
    throw invalidRequest("Checkout does not support multiple line items with different currencies.", { param });
  checkKinds(lines, mode);
  const total = sumOfLines(lines);
  checkTotal({ total, currency, mayBeZero: mode === "subscription" || lines.some(hasCustomUnitAmount) });
  return { total, currency };
}

export function sumOfLines(lines: Stripe.LineItem[]): number {
  return lines.reduce((sum, line) => sum + line.amount_total, 0);
}

export function hasCustomUnitAmount({ price }: Stripe.LineItem): boolean {
  return Boolean(price?.custom_unit_amount);
}

function checkKinds(lines: Stripe.LineItem[], mode: Mode): void {
  const param = "line_items";
  const recurring = lines.filter(({ price }) => price?.recurring);
  if (mode === "payment" && recurring.length > 0)
    throw invalidRequest(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      { param },
    );
  if (mode === "subscription" && lines.some(hasCustomUnitAmount))
    throw invalidRequest("Prices with `custom_unit_amount` can only be used in `payment` mode.", { param });
  if (lines.some(hasCustomUnitAmount) && lines.length > 1)
    throw invalidRequest("A price with `custom_unit_amount` must be the only line item.", { param });
  if (mode !== "subscription") return;
  if (recurring.length === 0)
    throw invalidRequest("You must provide at least one recurring price in `subscription` mode when using prices.", {
      param,
    });
  if (recurring.length > 20 || lines.length - recurring.length > 20)
    throw invalidRequest("You may have at most 20 recurring and 20 one-time line items in `subscription` mode.", {
      param,
    });
  const intervals = new Set(
    recurring.map(({ price }) => `${price?.recurring?.interval_count} ${price?.recurring?.interval}`),
  );
  if (intervals.size > 1) throw unsupportedError("line items with different intervals in one Checkout Session");
}

function checkTotal({ total, currency, mayBeZero }: { total: number; currency: string; mayBeZero: boolean }): void {
  const least = total === 0 && mayBeZero ? null : findMinimumChargeIfAmountIsBelow({ amount: total, currency });
  if (least) {
    const message = `The Checkout Session's total amount due must add up to at least ${formatMoney(least)} ${least.currency}`;
    throw invalidRequest(message, { code: "amount_too_small" });
  }
  if (total > MAX_AMOUNT) {
    const most = formatMoney({ amount: MAX_AMOUNT, currency });
    throw invalidRequest(`The Checkout Session's total amount due must be no more than ${most} ${currency}`, {
      code: "amount_too_large",
    });
  }
}
