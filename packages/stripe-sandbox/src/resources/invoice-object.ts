// Builds invoices. For a renewal, the invoice's line has the period that is charged. The invoice itself has the period
// before that one.
import type Stripe from "stripe";
import type { Account } from "../account";
import { unsupportedError } from "../http/errors";
import { apiListOf, idOf, testClockIdOf } from "../objects";
import type { InvoicedPeriod } from "./invoice-lines";

const HOUR = 3_600;

export type NewInvoice = {
  id: string;
  customer: Stripe.Customer;
  subscription: Stripe.Subscription | null;
  reason: "subscription_create" | "subscription_cycle" | "subscription_update" | "manual" | "upcoming";
  lines: Stripe.InvoiceLineItem[];
  currency: string;
  /**
   * The period that the invoice shows. For a renewal, this is the period that has just ended, not the one that the
   * invoice charges for.
   */
  formerPeriod: InvoicedPeriod;
  /** True if the stand-in finalizes the draft by itself after an hour. */
  autoAdvance?: boolean;
  collection?: { method: Stripe.Invoice.CollectionMethod; daysUntilDue: number | null };
  parentMetadata?: Record<string, string>;
};

export function invoiceObject(account: Account, input: NewInvoice): Stripe.Invoice {
  const { id, customer, subscription, reason, formerPeriod, autoAdvance = true } = input;
  if (customer.discount) throw unsupportedError("invoices of a customer who has a discount");
  const collection = collectionOf(input);
  return withTotals({
    id,
    object: "invoice",
    account_country: "US",
    account_name: "Stripe sandbox",
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: autoAdvance,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: autoAdvance ? account.now() + HOUR : null,
    billing_reason: reason,
    collection_method: collection.method,
    created: account.now(),
    currency: input.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping,
    customer_tax_exempt: customer.tax_exempt ?? "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    hosted_invoice_url: null,
    invoice_pdf: null,
    due_date: collection.daysUntilDue === null ? null : account.now() + collection.daysUntilDue * 24 * HOUR,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: apiListOf(input.lines, `/v1/invoices/${id}/lines`),
    livemode: account.livemode,
    metadata: {},
    next_payment_attempt: autoAdvance && collection.method === "charge_automatically" ? account.now() + HOUR : null,
    number: null,
    on_behalf_of: null,
    parent: subscription && {
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
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: testClockIdOf(customer),
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  });
}

function collectionOf({ collection, subscription }: NewInvoice) {
  if (collection) return collection;
  const method = subscription?.collection_method ?? "charge_automatically";
  return { method, daysUntilDue: method === "send_invoice" ? (subscription?.days_until_due ?? 30) : null };
}

export function withTotals(invoice: Stripe.Invoice): Stripe.Invoice {
  const total = invoice.lines.data.reduce((sum, line) => sum + line.amount, 0);
  const due = Math.max(0, total + invoice.starting_balance);
  return {
    ...invoice,
    amount_due: due,
    amount_remaining: due - invoice.amount_paid,
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
  };
}

export function createDraftInvoice(account: Account, input: NewInvoice): Stripe.Invoice {
  const invoice = invoiceObject(account, input);
  const createdEvent = account.emit("invoice.created", invoice);
  account.putWithInternalState<"invoice">(invoice, { createdEvent, payment: null });
  return invoice;
}

export function subscriptionIdOf({ parent }: Stripe.Invoice): string | null {
  return idOf(parent?.subscription_details?.subscription ?? null);
}
