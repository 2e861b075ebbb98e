// Handles invoice items: amounts that wait for the customer's next invoice, or for the next invoice of one
// subscription.
import Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import {
  boolean,
  declareUnsupportedParams,
  integer,
  object,
  type ParsedParams,
  requiredParam,
  text,
  unsupportedParam,
} from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import { idOf, testClockIdOf } from "../objects";
import { accountOnTestClock } from "./account-at-test-clock";
import { type InvoicedPeriod, lineOfInvoiceItem, productName } from "./invoice-lines";
import { withTotals } from "./invoice-object";

export type NewInvoiceItem = {
  customer: string;
  amount: number;
  currency: string;
  description?: string | null;
  period?: InvoicedPeriod;
  price?: Stripe.Price | null;
  quantity?: number;
  metadata?: Record<string, string>;
  subscription?: { id: string; item?: string } | null;
  proration?: boolean;
  /** The invoice line that a proration credits. */
  creditedLine?: { invoice: string; line: string } | null;
  discountable?: boolean;
};

export function createInvoiceItem(account: Account, input: NewInvoiceItem): Stripe.InvoiceItem {
  const { price, quantity = 1, subscription, proration = false } = input;
  const now = account.now();
  const unit = price?.unit_amount ?? Math.trunc(input.amount / quantity);
  const item: Stripe.InvoiceItem = {
    id: account.newId("ii_"),
    object: "invoiceitem",
    amount: input.amount,
    currency: input.currency,
    customer: input.customer,
    customer_account: null,
    date: now,
    description: input.description ?? null,
    discountable: input.discountable ?? !proration,
    discounts: [],
    invoice: null,
    livemode: account.livemode,
    metadata: input.metadata ?? {},
    net_amount: input.amount,
    parent: subscription
      ? {
          type: "subscription_details",
          subscription_details: { subscription: subscription.id, subscription_item: subscription.item },
        }
      : null,
    period: input.period ?? { start: now, end: now },
    pricing: {
      type: "price_details",
      ...(price ? { price_details: { price: price.id, product: idOf(price.product) ?? "" } } : {}),
      unit_amount_decimal: proration ? null : Stripe.Decimal.from(unit),
    },
    proration,
    ...(proration ? { proration_details: detailsOf(input.creditedLine ?? null) } : {}),
    quantity,
    quantity_decimal: Stripe.Decimal.from(quantity),
    tax_rates: [],
    test_clock: testClockIdOf(account.get("customer", input.customer)),
  };
  account.put(item);
  account.emit("invoiceitem.created", item);
  return item;
}

function detailsOf(creditedLine: { invoice: string; line: string } | null): Stripe.InvoiceItem.ProrationDetails {
  const details = creditedLine && { invoice: creditedLine.invoice, invoice_line_items: [creditedLine.line] };
  const credited_items = details && { type: "invoice_line_items" as const, invoice_line_item_details: details };
  return { credited_items, discount_amounts: [] };
}

export function assignPendingInvoiceItems(
  account: Account,
  input: { customer: string; subscription: string | null; invoice: string },
): Stripe.InvoiceItem[] {
  const pending = pendingInvoiceItems(account, input);
  for (const item of pending) account.put({ ...item, invoice: input.invoice });
  return pending;
}

/**
 * Returns the items that wait for the invoice. They are in Stripe's order: the newest change first, its credit before
 * its debit.
 */
export function pendingInvoiceItems(
  account: Account,
  { customer, subscription }: { customer: string; subscription: string | null },
): Stripe.InvoiceItem[] {
  const items = account.list("invoiceitem", { where: { customer } }).reverse();
  items.sort((a, b) => b.date - a.date);
  return items.filter(({ invoice, parent }) => {
    const of = parent?.subscription_details?.subscription ?? null;
    return invoice === null && (of === null || of === subscription);
  });
}

const PATH = "/v1/invoiceitems";

const FIELDS = {
  amount: integer(),
  description: text(),
  discountable: boolean(),
  metadata: METADATA_PARAM,
  period: object({ start: requiredParam(integer()), end: requiredParam(integer()) }),
  quantity: integer({ min: 1 }),
  pricing: object({ price: text() }),
  unit_amount_decimal: unsupportedParam(),
  price_data: unsupportedParam(),
  discounts: unsupportedParam(),
  ...declareUnsupportedParams("invoicing_rules quantity_decimal tax_behavior tax_code tax_rates"),
};

const UPDATE = { ...FIELDS, pricing: unsupportedParam(), quantity: unsupportedParam() };

const CREATE = {
  ...FIELDS,
  customer: requiredParam(text()),
  currency: text({ max: 3 }),
  invoice: text(),
  subscription: text(),
  customer_account: unsupportedParam(),
};

function create(caller: Account, params: ParsedParams<typeof CREATE>): Stripe.InvoiceItem {
  const customer = requireObject(caller, "customer", { id: params.customer, noun: "customer", param: "customer" });
  const account = accountOnTestClock(caller, customer);
  const priceId = params.pricing?.price;
  const price = priceId
    ? requireObject(account, "price", { id: priceId, noun: "price", param: "pricing[price]" })
    : null;
  const invoice = params.invoice
    ? requireObject(account, "invoice", { id: params.invoice, noun: "invoice", param: "invoice" })
    : null;
  const currency = (params.currency ?? price?.currency ?? invoice?.currency ?? customer.currency)?.toLowerCase();
  if (!currency)
    throw invalidRequest("Missing required param: currency.", { code: "parameter_missing", param: "currency" });
  if (!price && typeof params.amount !== "number")
    throw invalidRequest("One of the following params should be provided for this request: amount or pricing.");
  if (invoice && invoice.status !== "draft") throw notEditable();
  const quantity = params.quantity ?? 1;
  const item = createInvoiceItem(account, {
    customer: customer.id,
    amount: price ? (price.unit_amount ?? 0) * quantity : (params.amount ?? 0),
    currency,
    description: params.description ?? (price && productName(account, price)),
    discountable: params.discountable ?? undefined,
    metadata: withoutEmptyValues(params.metadata),
    period: params.period ?? undefined,
    price,
    quantity,
    subscription: params.subscription ? { id: params.subscription } : null,
  });
  return invoice ? addToInvoice(account, item, invoice) : item;
}

function addToInvoice(account: Account, item: Stripe.InvoiceItem, invoice: Stripe.Invoice): Stripe.InvoiceItem {
  const owned = { ...item, invoice: invoice.id };
  account.put(owned);
  const data = [...invoice.lines.data, lineOfInvoiceItem(account, invoice.id, owned)];
  account.put(withTotals({ ...invoice, lines: { ...invoice.lines, data } }));
  return owned;
}

function notEditable() {
  return invalidRequest("This invoice is no longer editable.", { code: "invoice_not_editable" });
}

function requireEditable(caller: Account, id: string) {
  const item = requireObject(caller, "invoiceitem", { id, noun: "invoiceitem" });
  const account = accountOnTestClock(caller, { test_clock: item.test_clock });
  const invoice = item.invoice === null ? null : account.get("invoice", idOf(item.invoice));
  if (invoice && invoice.status !== "draft") throw notEditable();
  return { account, item, invoice };
}

function update(caller: Account, params: ParsedParams<typeof UPDATE>, id: string): Stripe.InvoiceItem {
  const { account, item, invoice } = requireEditable(caller, id);
  const amount = params.amount ?? item.amount;
  const changed: Stripe.InvoiceItem = {
    ...item,
    amount,
    net_amount: amount,
    description: params.description === undefined ? item.description : params.description,
    discountable: params.discountable ?? item.discountable,
    period: params.period ?? item.period,
    metadata: mergeMetadata(item.metadata ?? {}, params.metadata),
  };
  account.put(changed);
  if (!invoice) return changed;
  return addToInvoice(account, changed, withoutItem(invoice, id));
}

function withoutItem(invoice: Stripe.Invoice, id: string): Stripe.Invoice {
  const data = invoice.lines.data.filter(({ parent }) => parent?.invoice_item_details?.invoice_item !== id);
  return withTotals({ ...invoice, lines: { ...invoice.lines, data } });
}

function remove(caller: Account, id: string): Stripe.DeletedInvoiceItem {
  const { account, item, invoice } = requireEditable(caller, id);
  if (invoice) account.put(withoutItem(invoice, id));
  account.store.drop(account.id, id);
  account.emit("invoiceitem.deleted", item);
  return { id, object: "invoiceitem", deleted: true };
}

export const invoiceItemRoutes: Route[] = [
  route(`POST ${PATH}`, CREATE, create),
  route(`POST ${PATH}/:id`, UPDATE, update),
  route(`DELETE ${PATH}/:id`, {}, (account, _, id) => remove(account, id)),
  retrieveRoute("invoiceitem", PATH, "invoiceitem"),
  listRoute("invoiceitem", PATH, {
    shape: { customer: text(), invoice: text(), ...declareUnsupportedParams("customer_account pending") },
    where: (params) => ({
      customer: params.customer,
      invoice: params.invoice,
    }),
  }),
];
