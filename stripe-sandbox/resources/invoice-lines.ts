// The lines of an invoice: from a subscription's item, for a period, or from an invoice item.
import Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";

export interface InvoicedPeriod {
  start: number;
  end: number;
}

export interface ItemLine {
  item: Stripe.SubscriptionItem;
  period: InvoicedPeriod;
  /** Other than price times quantity: nothing in a trial, a part of it before a first anchor. */
  amount?: number;
  description?: string;
}

const NO_PRORATION = { invoice_item: null, proration: false, proration_details: null };

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

export function lineOfItem(account: Account, invoice: string, given: ItemLine): Stripe.InvoiceLineItem {
  const { item, period } = given;
  const { price, quantity = 1 } = item;
  const amount = given.amount ?? (price.unit_amount ?? 0) * quantity;
  const product = idOf(price.product) ?? "";
  return {
    ...plainLine(account, invoice),
    amount,
    currency: price.currency,
    description: given.description ?? `${quantity} × ${productName(account, price)}`,
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
      unit_amount_decimal: Stripe.Decimal.from(price.unit_amount ?? 0),
    },
    quantity,
    quantity_decimal: Stripe.Decimal.from(quantity),
    subscription: item.subscription,
    subtotal: amount,
  };
}

/** An invoice item, pending until now, as the line that it becomes. */
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

/** A proration belongs to the subscription's item, anything else to the invoice item. */
function parentOf(item: Stripe.InvoiceItem, subscription: string | null): Stripe.InvoiceLineItem.Parent {
  const { proration } = item;
  const of = item.parent?.subscription_details?.subscription_item;
  const details = {
    invoice_item: item.id,
    proration,
    proration_details: proration ? { credited_items: null } : null,
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

export function productName(account: Account, { product }: Stripe.Price): string {
  const id = idOf(product) ?? "";
  return account.find("product", id)?.name ?? id;
}
