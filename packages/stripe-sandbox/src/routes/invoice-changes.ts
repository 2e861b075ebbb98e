import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, SimulatedStripeError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import {
  boolean,
  declareUnsupportedParams,
  integer,
  list,
  object,
  oneOf,
  type ParsedParams,
  requiredParam,
  text,
  unsupportedParam,
} from "../http/params";
import { requireObject } from "../http/route";
import { idOf, testClockIdOf } from "../objects";
import { type CollectInvoiceResult, collectInvoice, finalizeAndCollect } from "../payment-flows/collect-invoice";
import { markInvoiceAndSubscriptionPaid, storeSubscriptionChange } from "../payment-flows/update-invoice";
import { accountOnTestClock } from "../resources/account-at-test-clock";
import { assignPendingInvoiceItems } from "../resources/invoice-items";
import { lineOfInvoiceItem } from "../resources/invoice-lines";
import { createDraftInvoice, subscriptionIdOf } from "../resources/invoice-object";
import {
  changeInvoice,
  ensurePaymentIntent,
  finalizeInvoice,
  findOpenPayment,
  markUncollectible,
  voidInvoice,
} from "../resources/invoice-steps";
import { findOrCreateMethod } from "../resources/payment-methods";

const DAY = 86_400;

const FIELDS = {
  auto_advance: boolean(),
  collection_method: oneOf("charge_automatically", "send_invoice"),
  days_until_due: integer({ min: 0 }),
  due_date: integer({ min: 0 }),
  default_payment_method: text(),
  description: text(),
  footer: text(),
  metadata: METADATA_PARAM,
  number: text({ max: 26 }),
  statement_descriptor: text({ max: 22 }),
  payment_settings: object({
    payment_method_types: list(requiredParam(text())),
    ...declareUnsupportedParams("default_mandate payment_method_options"),
  }),
  ...declareUnsupportedParams(`account_tax_ids application_fee_amount automatic_tax automatically_finalizes_at custom_fields
    default_source default_tax_rates discounts effective_at issuer on_behalf_of rendering shipping_cost shipping_details
    transfer_data`),
};

export const INVOICE_UPDATE_PARAMS = FIELDS;
export const INVOICE_CREATE_PARAMS = {
  ...FIELDS,
  customer: text(),
  subscription: text(),
  currency: text({ max: 3 }),
  pending_invoice_items_behavior: oneOf("exclude", "include"),
  ...declareUnsupportedParams("customer_account from_invoice"),
};

export function requireInvoiceAndAccountAtClockTime(caller: Account, id: string) {
  const invoice = requireObject(caller, "invoice", { id, noun: "invoice" });
  return { invoice, account: accountOnTestClock(caller, { test_clock: testClockIdOf(invoice) }) };
}

export function createInvoice(caller: Account, params: ParsedParams<typeof INVOICE_CREATE_PARAMS>): Stripe.Invoice {
  const ofSubscription = params.subscription
    ? requireObject(caller, "subscription", { id: params.subscription, noun: "subscription", param: "subscription" })
    : null;
  const customerId = params.customer ?? idOf(ofSubscription?.customer ?? null);
  if (!customerId)
    throw invalidRequest("Missing required param: customer.", { code: "parameter_missing", param: "customer" });
  const customer = requireObject(caller, "customer", { id: customerId, noun: "customer", param: "customer" });
  const account = accountOnTestClock(caller, customer);
  const id = account.newId("in_");
  const takes = ofSubscription !== null || params.pending_invoice_items_behavior === "include";
  const items = takes
    ? assignPendingInvoiceItems(account, {
        customer: customerId,
        subscription: params.subscription ?? null,
        invoice: id,
      })
    : [];
  const now = account.now();
  const method = params.collection_method ?? "charge_automatically";
  const drafted = createDraftInvoice(account, {
    id,
    customer,
    subscription: ofSubscription,
    reason: "manual",
    lines: items.map((item) => lineOfInvoiceItem(account, id, item)),
    currency: params.currency ?? items[0]?.currency ?? customer.currency ?? "usd",
    formerPeriod: { start: now, end: now },
    autoAdvance: params.auto_advance ?? false,
    collection: { method, daysUntilDue: method === "send_invoice" ? (params.days_until_due ?? 30) : null },
  });
  const named = { ...withFields(account, drafted, params), metadata: withoutEmptyValues(params.metadata) };
  account.put(named);
  return named;
}

function withFields(account: Account, before: Stripe.Invoice, params: ParsedParams<typeof FIELDS>): Stripe.Invoice {
  const method = params.default_payment_method;
  if (method)
    requireObject(account, "payment_method", { id: method, noun: "PaymentMethod", param: "default_payment_method" });
  const advance = params.auto_advance ?? before.auto_advance ?? false;
  const starts = advance && !before.auto_advance;
  const { days_until_due: days } = params;
  const dueDate = days === undefined || days === null ? params.due_date : before.created + days * DAY;
  const plain = ["description", "footer", "number", "statement_descriptor", "collection_method"] as const;
  const named = plain.flatMap((name) => (params[name] === undefined ? [] : [[name, params[name]]]));
  return {
    ...before,
    ...Object.fromEntries(named),
    auto_advance: advance,
    ...(before.status === "draft" && starts ? { automatically_finalizes_at: account.now() + 3_600 } : {}),
    ...(before.status === "draft" && !advance ? { automatically_finalizes_at: null, next_payment_attempt: null } : {}),
    ...(method === undefined ? {} : { default_payment_method: method }),
    ...(dueDate === undefined ? {} : { due_date: dueDate }),
    metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
  };
}

export function updateInvoice(caller: Account, params: ParsedParams<typeof FIELDS>, id: string): Stripe.Invoice {
  const { account, invoice } = requireInvoiceAndAccountAtClockTime(caller, id);
  const after = withFields(account, invoice, params);
  return changeInvoice(account, invoice, after);
}

export function deleteDraftInvoice(caller: Account, id: string): Stripe.DeletedInvoice {
  const { account, invoice } = requireInvoiceAndAccountAtClockTime(caller, id);
  if (invoice.status !== "draft" || subscriptionIdOf(invoice) !== null)
    throw invalidRequest("You can only delete draft invoices that are not part of a subscription.");
  for (const item of account.list("invoiceitem", { where: { invoice: id } })) account.put({ ...item, invoice: null });
  account.store.drop(account.id, id);
  account.emit("invoice.deleted", invoice);
  return { id, object: "invoice", deleted: true };
}

export function finalizeInvoiceByApi(caller: Account, id: string, autoAdvance?: boolean | null): Stripe.Invoice {
  const { account, invoice } = requireInvoiceAndAccountAtClockTime(caller, id);
  requireInvoiceStatus(
    invoice,
    ["draft"],
    "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
  );
  const advance = autoAdvance ?? invoice.auto_advance ?? false;
  const open = finalizeInvoice(account, { ...invoice, auto_advance: advance });
  if (open.amount_due === 0) return markInvoiceAndSubscriptionPaid(account, open, null);
  ensurePaymentIntent(account, open);
  if (!advance || open.collection_method !== "charge_automatically") return open;
  const waiting = { ...open, next_payment_attempt: account.now() + 3_600 };
  account.put(waiting);
  return waiting;
}

export const INVOICE_PAY_PARAMS = {
  payment_method: text(),
  paid_out_of_band: boolean(),
  off_session: boolean(),
  forgive: boolean(),
  mandate: unsupportedParam(),
  source: unsupportedParam(),
};

export function payInvoice(
  caller: Account,
  params: ParsedParams<typeof INVOICE_PAY_PARAMS>,
  id: string,
): Stripe.Invoice {
  const { account, invoice } = requireInvoiceAndAccountAtClockTime(caller, id);
  if (invoice.status === "paid") throw invalidRequest("Invoice is already paid", { code: "invoice_already_paid" });
  requireInvoiceStatus(
    invoice,
    ["draft", "open", "uncollectible"],
    `This invoice is ${invoice.status} and cannot be paid.`,
  );
  if (params.paid_out_of_band) return payOutOfBand(account, invoice);
  const method = params.payment_method ? findOrCreateMethod(account, params.payment_method, "payment_method") : null;
  const how = { onSession: params.off_session === false, method };
  const collected =
    invoice.status === "draft" ? finalizeAndCollect(account, invoice, how) : collectInvoice(account, invoice, how);
  refuseFailure(account, id, collected);
  return account.get("invoice", id);
}

function payOutOfBand(account: Account, invoice: Stripe.Invoice): Stripe.Invoice {
  const open = invoice.status === "draft" ? finalizeInvoice(account, invoice) : invoice;
  const paid = markInvoiceAndSubscriptionPaid(account, open, null);
  const outside = { ...paid, amount_paid: open.amount_due, amount_paid_off_stripe: open.amount_due };
  account.put(outside);
  return outside;
}

function refuseFailure(account: Account, id: string, collected: CollectInvoiceResult): void {
  if (collected.kind === "no-method")
    throw new SimulatedStripeError({
      status: 400,
      code: "missing",
      message:
        "There is no `default_payment_method` set on this Customer or Invoice. Please create a payment method and try again.",
      keepsState: true,
    });
  if (collected.kind !== "declined") return;
  const { code, declineCode, message } = collected.decline;
  const intent = findOpenPayment(account, id)?.payment.payment_intent ?? null;
  const more = {
    decline_code: declineCode,
    charge: collected.charge?.id,
    payment_intent: intent && account.get("payment_intent", idOf(intent)),
  };
  throw new SimulatedStripeError({ status: 402, type: "card_error", code, message, more, keepsState: true });
}

export function voidInvoiceByApi(caller: Account, id: string): Stripe.Invoice {
  const { account, invoice } = requireInvoiceAndAccountAtClockTime(caller, id);
  requireInvoiceStatus(
    invoice,
    ["open", "uncollectible"],
    `You can only void an open or uncollectible invoice; this one is ${invoice.status}.`,
  );
  return withSubscriptionReactivated(account, voidInvoice(account, invoice));
}

export function markUncollectibleByApi(caller: Account, id: string): Stripe.Invoice {
  const { account, invoice } = requireInvoiceAndAccountAtClockTime(caller, id);
  requireInvoiceStatus(
    invoice,
    ["open"],
    `You can only mark an open invoice uncollectible; this one is ${invoice.status}.`,
  );
  return withSubscriptionReactivated(account, markUncollectible(account, invoice, "user_forgiven"));
}

/** Makes an overdue subscription active again if its latest invoice that is not void needs no payment. */
function withSubscriptionReactivated(account: Account, invoice: Stripe.Invoice): Stripe.Invoice {
  const id = subscriptionIdOf(invoice);
  const subscription = id ? account.find("subscription", id) : null;
  if (subscription?.status !== "past_due" && subscription?.status !== "unpaid") return invoice;
  const all = account.list("invoice", { where: { subscription: subscription.id }, limit: 100 });
  const latest = all.find(({ status }) => status !== "void");
  if (latest?.status !== "open" && latest?.status !== "draft")
    storeSubscriptionChange(account, subscription, { status: "active" });
  return invoice;
}

export function sendInvoice(caller: Account, id: string): Stripe.Invoice {
  const { account, invoice } = requireInvoiceAndAccountAtClockTime(caller, id);
  requireInvoiceStatus(invoice, ["draft", "open"], `This invoice is ${invoice.status} and cannot be sent.`);
  const open = invoice.status === "draft" ? finalizeInvoice(account, invoice) : invoice;
  if (invoice.status === "draft" && open.amount_due > 0) ensurePaymentIntent(account, open);
  account.emit("invoice.sent", open);
  return open;
}

export function requireInvoiceStatus(invoice: Stripe.Invoice, allowed: Stripe.Invoice.Status[], message: string): void {
  if (!allowed.includes(invoice.status ?? "draft")) throw invalidRequest(message, { code: "invoice_not_editable" });
}
