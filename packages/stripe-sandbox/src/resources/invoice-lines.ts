import Stripe from "stripe";
import type { Account } from "../account";
import { formatMoney } from "../money";
import { idOf } from "../objects";

export type InvoicedPeriod = {
  start: number;
  end: number;
};

export type SubscriptionInvoiceLineInput = {
  item: Stripe.SubscriptionItem;
  period: InvoicedPeriod;
  /**
   * The line's amount. Set only if it differs from price times quantity, for example in a trial (zero) or for a part of
   * a period.
   */
  amount?: number;
  description?: string;
};

const NO_PRORATION = { invoice_item: null, proration: false, proration_details: { credited_items: null } };

function plainLine(account: Account, invoice: string): Omit<Stripe.InvoiceLineItem, "amount" | "subtotal" | "period"> {
  return {
    id: account.newId("il_"),
    object: "line_item",
    currency: "usd",
    description: null,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice,
    livemode: account.livemode,
    metadata: {},
    parent: null,
    pretax_credit_amounts: [],
    pricing: null,
    quantity: 1,
    quantity_decimal: Stripe.Decimal.from(1),
    subscription: null,
    taxes: [],
  };
}

export function subscriptionLine(
  account: Account,
  invoice: string,
  input: SubscriptionInvoiceLineInput,
): Stripe.InvoiceLineItem {
  const { item, period } = input;
  const { price, quantity = 1 } = item;
  const amount = input.amount ?? (price.unit_amount ?? 0) * quantity;
  const product = idOf(price.product) ?? "";
  return {
    ...plainLine(account, invoice),
    amount,
    currency: price.currency,
    description: input.description ?? describedPeriod(account, item),
    metadata: { ...item.metadata },
    parent: {
      type: "subscription_item_details",
      invoice_item_details: null,
      subscription_item_details: { ...NO_PRORATION, subscription: item.subscription, subscription_item: item.id },
    },
    period,
    pricing: {
      type: "price_details",
      price_details: { price: price.id, product },
      unit_amount_decimal: Stripe.Decimal.from(amount === 0 ? 0 : (price.unit_amount ?? 0)),
    },
    quantity,
    quantity_decimal: Stripe.Decimal.from(quantity),
    subscription: item.subscription,
    subtotal: amount,
  };
}

export function lineOfInvoiceItem(account: Account, invoice: string, item: Stripe.InvoiceItem): Stripe.InvoiceLineItem {
  const subscription = item.parent?.subscription_details?.subscription ?? null;
  return {
    ...plainLine(account, invoice),
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discountable: item.discountable,
    metadata: { ...item.metadata },
    parent: parentOf(item, subscription),
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: Stripe.Decimal.from(item.quantity),
    subscription,
    subtotal: item.amount,
  };
}

function parentOf(item: Stripe.InvoiceItem, subscription: string | null): Stripe.InvoiceLineItem.Parent {
  const { proration } = item;
  const of = item.parent?.subscription_details?.subscription_item;
  const details = {
    invoice_item: item.id,
    proration,
    proration_details: { credited_items: creditedBy(item) },
    subscription,
  };
  return of
    ? {
        type: "subscription_item_details",
        invoice_item_details: null,
        subscription_item_details: { ...details, subscription_item: of },
      }
    : { type: "invoice_item_details", invoice_item_details: details, subscription_item_details: null };
}

function creditedBy({ proration_details: details }: Stripe.InvoiceItem) {
  const line = details?.credited_items?.invoice_line_item_details;
  return line ? { invoice: line.invoice, invoice_line_items: line.invoice_line_items } : null;
}

/** Returns the line's description in Stripe's words: `1 × Reader support (at $10.00 / month)`. */
function describedPeriod(account: Account, { price, quantity }: Stripe.SubscriptionItem): string {
  const { interval = "month", interval_count: count = 1 } = price.recurring ?? {};
  const sum = formatMoney({ amount: price.unit_amount ?? 0, currency: price.currency });
  const billingInterval = count === 1 ? interval : `every ${count} ${interval}s`;
  return `${nameWithQuantity(account, price, quantity ?? 1)} (at ${sum} / ${billingInterval})`;
}

/** Returns quantity, unit label of the product, and name: `2 user × Membership`. */
export function nameWithQuantity(account: Account, price: Stripe.Price, quantity: number): string {
  const label = account.find("product", idOf(price.product) ?? "")?.unit_label;
  return `${quantity} ${label ? `${label} ` : ""}× ${productName(account, price)}`;
}

export function productName(account: Account, { product }: Stripe.Price): string {
  const id = idOf(product) ?? "";
  return account.find("product", id)?.name ?? id;
}
