// An invoice of a recurring payment as an object, drafted. The subscription is in `parent.subscription_details`; the paid
// period is on the line, not on the invoice.
import Stripe from "stripe";
import type { Account } from "../account";
import { clockOf, idOf, listOf } from "../objects";

export interface InvoicedPeriod {
  start: number;
  end: number;
}

export interface NewInvoice {
  id?: string;
  subscription: Stripe.Subscription;
  customer: Stripe.Customer;
  reason: "subscription_create" | "subscription_cycle";
  period: InvoicedPeriod;
  /** What `invoice.period_*` says: for a cycle the period before. */
  formerPeriod: InvoicedPeriod;
}

export function draftInvoice(account: Account, given: NewInvoice): Stripe.Invoice {
  const { subscription, customer, reason, formerPeriod } = given;
  const id = given.id ?? account.newId("in_");
  const lines = subscription.items.data.map((item) => lineOf(account, id, item, given.period));
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const invoice: Stripe.Invoice = {
    id,
    object: "invoice",
    account_country: "US",
    account_name: "Stripe sandbox",
    account_tax_ids: null,
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: total,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: account.now() + 3600,
    billing_reason: reason,
    collection_method: "charge_automatically",
    created: account.now(),
    currency: subscription.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: listOf(lines, `/v1/invoices/${id}/lines`),
    livemode: account.livemode,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: {
      type: "subscription_details",
      quote_details: null,
      subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: formerPeriod.end,
    period_start: formerPeriod.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: clockOf(customer),
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
  account.put(invoice);
  account.emit("invoice.created", invoice);
  return invoice;
}

function lineOf(account: Account, invoice: string, item: Stripe.SubscriptionItem, period: InvoicedPeriod) {
  const { price, quantity = 1 } = item;
  const unitAmount = price.unit_amount ?? 0;
  const product = idOf(price.product) ?? "";
  const details = { invoice_item: null, proration: false, proration_details: null };
  const line: Stripe.InvoiceLineItem = {
    id: account.newId("il_"),
    object: "line_item",
    amount: unitAmount * quantity,
    currency: price.currency,
    description: `${quantity} × ${account.find("product", product)?.name ?? product}`,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice,
    livemode: account.livemode,
    metadata: { ...item.metadata },
    parent: {
      type: "subscription_item_details",
      invoice_item_details: null,
      subscription_item_details: { ...details, subscription: item.subscription, subscription_item: item.id },
    },
    period,
    pretax_credit_amounts: [],
    pricing: {
      type: "price_details",
      price_details: { price: price.id, product },
      unit_amount_decimal: Stripe.Decimal.from(unitAmount),
    },
    quantity,
    quantity_decimal: Stripe.Decimal.from(quantity),
    subscription: item.subscription,
    subtotal: unitAmount * quantity,
    taxes: [],
  };
  return line;
}
