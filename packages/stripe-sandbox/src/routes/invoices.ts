import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, unsupportedError } from "../http/errors";
import {
  boolean,
  declareUnsupportedParams,
  object,
  oneOf,
  type ParsedParams,
  requiredParam,
  text,
  timeRange,
  unsupportedParam,
} from "../http/params";
import {
  listPage,
  listRoute,
  nestedRoute,
  PAGINATION_PARAMS,
  pageOfNestedList,
  parsePagingParams,
  type Route,
  requireObject,
  retrieveRoute,
  route,
} from "../http/route";
import { previewUpcomingInvoice } from "../resources/upcoming-invoice";
import { ADD_LINES_PARAMS, addInvoiceLines } from "./invoice-added-lines";
import {
  createInvoice,
  deleteDraftInvoice,
  finalizeInvoiceByApi,
  INVOICE_CREATE_PARAMS,
  INVOICE_PAY_PARAMS,
  INVOICE_UPDATE_PARAMS,
  markUncollectibleByApi,
  payInvoice,
  sendInvoice,
  updateInvoice,
  voidInvoiceByApi,
} from "./invoice-changes";
import {
  LINE_UPDATE_PARAMS,
  REMOVE_LINES_PARAMS,
  removeDraftInvoiceLines,
  UPDATE_LINES_PARAMS,
  updateDraftInvoiceLines,
  updateInvoiceLine,
} from "./invoice-line-changes";

const PREVIEW = {
  customer: text(),
  subscription: text(),
  subscription_details: unsupportedParam(),
  invoice_items: unsupportedParam(),
  schedule: unsupportedParam(),
  discounts: unsupportedParam(),
  ...declareUnsupportedParams(
    "automatic_tax currency customer_account customer_details issuer on_behalf_of preview_mode schedule_details",
  ),
};

function previewNext(account: Account, params: ParsedParams<typeof PREVIEW>): Stripe.Invoice {
  const { subscription: id, customer } = params;
  const [first] = customer
    ? account.list("subscription", { where: { customer, "$.status": { not: "canceled" } } })
    : [];
  const subscription = id
    ? requireObject(account, "subscription", { id, noun: "subscription", param: "subscription" })
    : first;
  if (!subscription || subscription.status === "canceled" || subscription.cancel_at_period_end)
    throw invalidRequest("No upcoming invoices for customer", { code: "invoice_upcoming_none", status: 404 });
  return previewUpcomingInvoice(account, subscription);
}

const PATH = "/v1/invoices";

/**
 * Returns the invoice. Throws for the id `upcoming` in API versions before 2025-03-31.basil: there Stripe returns a
 * preview, which the stand-in does not support.
 */
function retrieve(account: Account, _: unknown, id: string): Stripe.Invoice {
  if (id === "upcoming" && account.apiVersion < "2025-03-31")
    throw unsupportedError(`GET ${PATH}/upcoming, of older versions: POST ${PATH}/create_preview is built`);
  return requireObject(account, "invoice", { id, noun: "invoice" });
}

export const invoiceRoutes: Route[] = [
  route(`POST ${PATH}`, INVOICE_CREATE_PARAMS, createInvoice),
  route(`POST ${PATH}/create_preview`, PREVIEW, previewNext),
  route(`POST ${PATH}/:id`, INVOICE_UPDATE_PARAMS, updateInvoice),
  route(`DELETE ${PATH}/:id`, {}, (account, _, id) => deleteDraftInvoice(account, id)),
  route(`POST ${PATH}/:id/finalize`, { auto_advance: boolean() }, (account, params, id) =>
    finalizeInvoiceByApi(account, id, params.auto_advance),
  ),
  route(`POST ${PATH}/:id/pay`, INVOICE_PAY_PARAMS, payInvoice),
  route(`POST ${PATH}/:id/void`, {}, (account, _, id) => voidInvoiceByApi(account, id)),
  route(`POST ${PATH}/:id/mark_uncollectible`, {}, (account, _, id) => markUncollectibleByApi(account, id)),
  route(`POST ${PATH}/:id/send`, {}, (account, _, id) => sendInvoice(account, id)),
  route(`POST ${PATH}/:id/add_lines`, ADD_LINES_PARAMS, addInvoiceLines),
  route(`POST ${PATH}/:id/update_lines`, UPDATE_LINES_PARAMS, updateDraftInvoiceLines),
  route(`POST ${PATH}/:id/remove_lines`, REMOVE_LINES_PARAMS, removeDraftInvoiceLines),
  nestedRoute(`POST ${PATH}/:id/lines/:line`, LINE_UPDATE_PARAMS, updateInvoiceLine),
  route(`GET ${PATH}/:id`, {}, retrieve),
  listRoute("invoice", "/v1/invoices", {
    shape: {
      customer: text(),
      status: oneOf("draft", "open", "paid", "uncollectible", "void"),
      subscription: text(),
      collection_method: oneOf("charge_automatically", "send_invoice"),
      due_date: timeRange(),
      customer_account: unsupportedParam(),
    },
    where: (params) => ({
      customer: params.customer,
      subscription: params.subscription,
      "$.status": params.status,
      "$.collection_method": params.collection_method,
      "$.due_date": params.due_date,
    }),
  }),
  route("GET /v1/invoices/:id/lines", PAGINATION_PARAMS, (account, params, id) => {
    const { lines } = requireObject(account, "invoice", { id, noun: "invoice" });
    return pageOfNestedList(lines.data, lines.url, params);
  }),
  retrieveRoute("invoice_payment", "/v1/invoice_payments", "invoice payment"),
  route(
    "GET /v1/invoice_payments",
    {
      ...PAGINATION_PARAMS,
      invoice: text(),
      status: oneOf("open", "paid", "canceled"),
      created: timeRange(),
      payment: object({
        type: requiredParam(oneOf("payment_intent", "charge")),
        payment_intent: text(),
        charge: text(),
        payment_record: unsupportedParam(),
      }),
    },
    (account, params) => {
      const where = {
        invoice: params.invoice,
        payment_intent: params.payment?.payment_intent,
        "$.payment.charge": params.payment?.charge,
        "$.status": params.status,
      };
      const paging = parsePagingParams(account, params, "invoice_payment");
      return listPage(account, {
        kind: "invoice_payment",
        path: "/v1/invoice_payments",
        where,
        created: params.created,
        ...paging,
      });
    },
  ),
];
