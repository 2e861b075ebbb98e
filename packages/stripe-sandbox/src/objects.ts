import type Stripe from "stripe";

export const API_VERSION = "2026-10-28.endive";

export type StripeObjectsByKind = {
  balance_transaction: Stripe.BalanceTransaction;
  charge: Stripe.Charge;
  "billing_portal.configuration": Stripe.BillingPortal.Configuration;
  "billing_portal.session": Stripe.BillingPortal.Session;
  "checkout.session": Stripe.Checkout.Session;
  coupon: Stripe.Coupon;
  customer: Stripe.Customer;
  customer_balance_transaction: Stripe.CustomerBalanceTransaction;
  discount: Stripe.Discount;
  ephemeral_key: Stripe.EphemeralKey;
  dispute: Stripe.Dispute;
  event: StoredEvent;
  file: Stripe.File;
  invoice: Stripe.Invoice;
  invoiceitem: Stripe.InvoiceItem;
  invoice_payment: Stripe.InvoicePayment;
  mandate: Stripe.Mandate;
  payment_intent: Stripe.PaymentIntent;
  payout: Stripe.Payout;
  payment_link: Stripe.PaymentLink;
  payment_method: Stripe.PaymentMethod;
  price: Stripe.Price;
  product: Stripe.Product;
  promotion_code: Stripe.PromotionCode;
  shipping_rate: Stripe.ShippingRate;
  "radar.early_fraud_warning": Stripe.Radar.EarlyFraudWarning;
  refund: Stripe.Refund;
  setup_attempt: Stripe.SetupAttempt;
  setup_intent: Stripe.SetupIntent;
  subscription: Stripe.Subscription;
  tax_id: Stripe.TaxId;
  tax_rate: Stripe.TaxRate;
  "test_helpers.test_clock": Stripe.TestHelpers.TestClock;
  token: Stripe.Token;
  webhook_endpoint: Stripe.WebhookEndpoint;
};
export type StripeObjectKind = keyof StripeObjectsByKind;
export type StoredObject = StripeObjectsByKind[StripeObjectKind];

/**
 * The type of a stored event. `Stripe.Event` has a separate member for each event type, so generic code could not
 * create a value of it.
 */
export type StoredEvent = Omit<Stripe.EventBase, "type"> & {
  object: "event";
  type: Stripe.Event.Type;
};

/**
 * An object that an event can contain. The stand-in does not store plans, cards and upcoming invoices, but derives them
 * from other objects.
 */
export type EventDataObject = StoredObject | Stripe.Plan | Stripe.Card | UpcomingInvoice;
/** The invoice in an `invoice.upcoming` event has no id. */
export type UpcomingInvoice = Omit<Stripe.Invoice, "id">;

export function apiListOf<T>(data: T[], url: string, hasMore = false): Stripe.ApiList<T> {
  return { object: "list", data, has_more: hasMore, url };
}

/**
 * Returns the ids of related objects. The store has a column for each of these ids, so that lists can filter by them
 * quickly.
 */
export function linkedIdsOf(object: StoredObject) {
  const links = { customer: null, payment_intent: null, subscription: null, invoice: null, source: null };
  return { ...links, ...linked(object) };
}

function linked(object: StoredObject): Partial<Record<"customer" | LinkName, string | null>> {
  switch (object.object) {
    case "balance_transaction":
      return { source: idOf(object.source) };
    case "charge":
      return { customer: idOf(object.customer), payment_intent: idOf(object.payment_intent) };
    case "checkout.session":
      return {
        customer: idOf(object.customer),
        payment_intent: idOf(object.payment_intent),
        subscription: idOf(object.subscription),
        invoice: idOf(object.invoice),
      };
    case "invoice":
      return {
        customer: idOf(object.customer),
        subscription: idOf(object.parent?.subscription_details?.subscription ?? null),
      };
    case "invoiceitem":
      return { customer: idOf(object.customer), invoice: idOf(object.invoice) };
    case "invoice_payment":
      return { invoice: idOf(object.invoice), payment_intent: idOf(object.payment.payment_intent ?? null) };
    case "dispute":
    case "radar.early_fraud_warning":
    case "refund":
      return { source: idOf(object.charge), payment_intent: idOf(object.payment_intent ?? null) };
    case "setup_attempt":
      return { source: idOf(object.setup_intent), customer: idOf(object.customer) };
    case "customer_balance_transaction":
    case "discount":
    case "payment_intent":
    case "payment_method":
    case "setup_intent":
    case "subscription":
    case "tax_id":
      return { customer: idOf(object.customer) };
    default:
      return {};
  }
}
type LinkName = "payment_intent" | "subscription" | "invoice" | "source";

/** Returns the object's creation time in Unix seconds, or zero for a kind without one. */
export function creationTimeOf(object: StoredObject): number {
  if (object.object === "invoiceitem") return object.date;
  return "created" in object ? object.created : 0;
}

export function testClockIdOf(object: StoredObject): string | null {
  return "test_clock" in object ? idOf(object.test_clock ?? null) : null;
}

/**
 * Returns the time at which the stand-in must next do something with the object, in Unix seconds. Returns null if the
 * object's own fields do not contain such a time. The internal state can also contain one, as `dueAt`.
 */
export function nextHandlingTimeOf(object: StoredObject): number | null {
  switch (object.object) {
    case "checkout.session":
      return object.status === "open" ? object.expires_at : null;
    case "invoice":
      return dueAtOfInvoice(object);
    case "subscription":
      return dueAtOfSubscription(object);
    default:
      return null;
  }
}

function dueAtOfInvoice(invoice: Stripe.Invoice): number | null {
  if (!invoice.auto_advance) return null;
  if (invoice.status === "draft") return invoice.automatically_finalizes_at;
  return invoice.status === "open" ? invoice.next_payment_attempt : null;
}

const FIRST_PAYMENT_WITHIN = 23 * 3_600;

function dueAtOfSubscription(subscription: Stripe.Subscription): number | null {
  const { status, created, cancel_at: cancelAt, pause_collection: pause, items } = subscription;
  if (status === "canceled" || status === "incomplete_expired") return null;
  if (status === "incomplete") return created + FIRST_PAYMENT_WITHIN;
  const ends = status === "paused" ? [] : items.data.map((item) => item.current_period_end);
  const times = [...ends, cancelAt, pause?.resumes_at ?? null].filter((time) => time !== null);
  return times.length > 0 ? Math.min(...times) : null;
}

export function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === "object" && reference !== null ? reference.id : reference;
}
