// Line items of a Checkout Session and their total. A trial or a later anchor postpones the recurring part, so only the rest
// is due today.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalid, notBuilt } from "../http/errors";
import { withoutEmpty } from "../http/metadata";
import { formatMoney, LARGEST_AMOUNT, tooSmall } from "../money";
import type { Collected } from "./collected";
import { priceFrom } from "./prices";
import type { Create, LineParams } from "./session-params";

type Mode = Create["mode"];

export function lineItemOf(
  account: Account,
  line: LineParams,
  { index, isPutOff = false }: { index: number; isPutOff?: boolean },
): Stripe.LineItem {
  const at = `line_items[${index}]`;
  const price = priceFrom(account, line, at);
  const adjustable = adjustableOf(line, at);
  if (line.quantity === 0 && !adjustable?.enabled)
    throw invalid("Quantity must be at least 1.", { code: "parameter_invalid_integer", param: `${at}[quantity]` });
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
    metadata: withoutEmpty(line.metadata),
    price,
    quantity: line.quantity ?? 1,
  };
  return withAmount(priced, isPutOff && price.recurring ? 0 : unitAmountOf(price));
}

/** A custom amount starts at its preset. */
export function unitAmountOf(price: Stripe.Price): number {
  return price.unit_amount ?? price.custom_unit_amount?.preset ?? 0;
}

/** When a trial, or an anchor without proration, first charges the recurring part; null if now. */
export function firstPaymentOf(account: Account, { subscription_data: input }: Create): number | null {
  if (input?.trial_period_days) return account.now() + input.trial_period_days * 86_400;
  return input?.trial_end ?? input?.billing_cycle_anchor ?? null;
}

export function withAmount(line: Stripe.LineItem, unitAmount: number): Stripe.LineItem {
  const amount = unitAmount * (line.quantity ?? 1);
  return { ...line, amount_subtotal: amount, amount_total: amount };
}

/** The lines with the payer's quantities and custom amount. */
export function chosenLines(lines: Stripe.LineItem[], { quantities, ownAmount }: Collected): Stripe.LineItem[] {
  return lines.map((line) => {
    const unitAmount = isOwnAmount(line) ? ownAmount : line.amount_total / (line.quantity || 1);
    const quantity = quantities[line.id] ?? line.quantity;
    return unitAmount === null ? line : withAmount({ ...line, quantity }, unitAmount);
  });
}

function adjustableOf({ adjustable_quantity: input, quantity }: LineParams, at: string) {
  if (!input) return null;
  const minimum = input.minimum ?? 0;
  const maximum = input.maximum ?? 99;
  const param = `${at}[adjustable_quantity]`;
  if (minimum > maximum)
    throw invalid("`adjustable_quantity.minimum` must not be greater than `maximum`.", { param: `${param}[minimum]` });
  if (input.enabled && quantity && (quantity < minimum || quantity > maximum))
    throw invalid(`The quantity must be between ${minimum} and ${maximum}.`, { param: `${at}[quantity]` });
  return { enabled: input.enabled, maximum, minimum };
}

export function totalOf(lines: Stripe.LineItem[], mode: Mode) {
  const currency = lines[0]?.currency ?? "usd";
  const param = "line_items";
  if (lines.some((line) => line.currency !== currency))
    throw invalid("Checkout does not support multiple line items with different currencies.", { param });
  checkKinds(lines, mode);
  const total = sumOf(lines);
  checkTotal({ total, currency, mayBeZero: mode === "subscription" || lines.some(isOwnAmount) });
  return { total, currency };
}

export function sumOf(lines: Stripe.LineItem[]): number {
  return lines.reduce((sum, line) => sum + line.amount_total, 0);
}

export function isOwnAmount({ price }: Stripe.LineItem): boolean {
  return Boolean(price?.custom_unit_amount);
}

function checkKinds(lines: Stripe.LineItem[], mode: Mode): void {
  const param = "line_items";
  const recurring = lines.filter(({ price }) => price?.recurring);
  if (mode === "payment" && recurring.length > 0)
    throw invalid(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      { param },
    );
  if (mode === "subscription" && lines.some(isOwnAmount))
    throw invalid("Prices with `custom_unit_amount` can only be used in `payment` mode.", { param });
  if (lines.some(isOwnAmount) && lines.length > 1)
    throw invalid("A price with `custom_unit_amount` must be the only line item.", { param });
  if (mode !== "subscription") return;
  if (recurring.length === 0)
    throw invalid("You must provide at least one recurring price in `subscription` mode when using prices.", { param });
  if (recurring.length > 20 || lines.length - recurring.length > 20)
    throw invalid("You may have at most 20 recurring and 20 one-time line items in `subscription` mode.", { param });
  const intervals = new Set(
    recurring.map(({ price }) => `${price?.recurring?.interval_count} ${price?.recurring?.interval}`),
  );
  if (intervals.size > 1) throw notBuilt("line items with different intervals in one Checkout Session");
}

/** A subscription may begin with nothing to pay; a charge must reach the currency's minimum. */
function checkTotal({ total, currency, mayBeZero }: { total: number; currency: string; mayBeZero: boolean }): void {
  const least = total === 0 && mayBeZero ? null : tooSmall({ amount: total, currency });
  if (least) {
    const message = `The Checkout Session's total amount due must add up to at least ${formatMoney(least)} ${least.currency}`;
    throw invalid(message, { code: "amount_too_small" });
  }
  if (total > LARGEST_AMOUNT) {
    const most = formatMoney({ amount: LARGEST_AMOUNT, currency });
    throw invalid(`The Checkout Session's total amount due must be no more than ${most} ${currency}`, {
      code: "amount_too_large",
    });
  }
}
