// Invoices and their payments: draft → open → paid, each step with its events.
import type Stripe from "stripe";
import type { Account } from "../account";
import { object, oneOf, required, text } from "../http/params";
import { found, listRoute, PAGE, page, pageOf, type Route, retrieveRoute, route } from "../http/route";
import { idOf, listOf } from "../objects";

export function finalizeInvoice(account: Account, draft: Stripe.Invoice): Stripe.Invoice {
  const customer = account.get("customer", idOf(draft.customer));
  const sequence = customer.next_invoice_sequence ?? 1;
  account.put({ ...customer, next_invoice_sequence: sequence + 1 });
  const invoice: Stripe.Invoice = {
    ...draft,
    automatically_finalizes_at: null,
    effective_at: account.now(),
    ending_balance: 0,
    hosted_invoice_url: `${account.baseUrl}/i/${draft.id}`,
    invoice_pdf: `${account.baseUrl}/i/${draft.id}/pdf`,
    number: `${customer.invoice_prefix}-${String(sequence).padStart(4, "0")}`,
    status: "open",
    status_transitions: { ...draft.status_transitions, finalized_at: account.now() },
  };
  account.put(invoice);
  account.emit("invoice.finalized", invoice);
  return invoice;
}

/** The books of a paid invoice: paid status, `invoice.paid` and its two companions. */
export function markInvoicePaid(account: Account, open: Stripe.Invoice, intent: Stripe.PaymentIntent): Stripe.Invoice {
  const paidAt = account.now();
  const invoice: Stripe.Invoice = {
    ...open,
    amount_paid: open.amount_due,
    amount_remaining: 0,
    attempt_count: open.attempt_count + 1,
    attempted: true,
    auto_advance: false,
    status: "paid",
    status_transitions: { ...open.status_transitions, paid_at: paidAt },
    webhooks_delivered_at: paidAt,
  };
  account.put(invoice);
  if (open.billing_reason === "subscription_cycle") account.emit("invoice.updated", invoice, { status: "open" });
  account.emit("invoice.paid", invoice);
  account.emit("invoice.payment_succeeded", invoice);
  const payment: Stripe.InvoicePayment = {
    id: account.newId("inpay_"),
    object: "invoice_payment",
    amount_paid: invoice.amount_paid,
    amount_requested: invoice.amount_due,
    created: paidAt,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: account.livemode,
    payment: { type: "payment_intent", payment_intent: intent.id },
    status: "paid",
    status_transitions: { canceled_at: null, paid_at: paidAt },
  };
  account.put(payment);
  account.emit("invoice_payment.paid", payment);
  return invoice;
}

export function paymentsOf(account: Account, invoice: string): Stripe.ApiList<Stripe.InvoicePayment> {
  const url = `/v1/invoice_payments?invoice=${invoice}`;
  return listOf(account.list("invoice_payment", { where: { invoice } }), url);
}

export const invoiceRoutes: Route[] = [
  retrieveRoute("invoice", "/v1/invoices", "invoice"),
  listRoute(
    "invoice",
    "/v1/invoices",
    {
      customer: text(),
      status: oneOf("draft", "open", "paid", "uncollectible", "void"),
      subscription: text(),
      collection_method: oneOf("charge_automatically", "send_invoice"),
    },
    (params) => ({
      customer: params.customer,
      subscription: params.subscription,
      "$.status": params.status,
      "$.collection_method": params.collection_method,
    }),
  ),
  route("GET /v1/invoices/:id/lines", PAGE, (account, _, id) => found(account, "invoice", id, "invoice").lines),
  retrieveRoute("invoice_payment", "/v1/invoice_payments", "invoice payment"),
  route(
    "GET /v1/invoice_payments",
    {
      ...PAGE,
      invoice: text(),
      status: oneOf("open", "paid", "canceled"),
      payment: object({ type: required(oneOf("payment_intent", "charge")), payment_intent: text(), charge: text() }),
    },
    (account, params) => {
      const where = {
        invoice: params.invoice,
        payment_intent: params.payment?.payment_intent,
        "$.payment.charge": params.payment?.charge,
        "$.status": params.status,
      };
      const paging = pageOf(account, params, "invoice_payment");
      return page(account, { kind: "invoice_payment", path: "/v1/invoice_payments", where, ...paging });
    },
  ),
];
