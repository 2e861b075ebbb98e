// Invoices and their payments: draft → open → paid, each step with its events.
import type Stripe from "stripe";
import type { Account } from "../account";
import { object, oneOf, required, text } from "../http/params";
import { found, listRoute, PAGE, page, pageOf, type Route, retrieveRoute, route } from "../http/route";
import { listOf } from "../objects";

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
