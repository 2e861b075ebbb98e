import type Stripe from "stripe";
import type { Account } from "../account";
import type { FormMap } from "../http/form";
import { withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { object, oneOf, readParams, requiredParam, text, timeRange, unsupportedParam } from "../http/params";
import {
  listPage,
  PAGINATION_PARAMS,
  pageOfNestedList,
  parsePagingParams,
  type Route,
  requireObject,
  retrieveRoute,
  route,
} from "../http/route";
import { refuseMethodTypesParam } from "./payment-intents";
import { checkSessionBillingAnchor, checkSessionParams, requireValidSessionExpiry } from "./session-checks";
import { expireSessionByApi } from "./session-expiry";
import { createCheckoutLineItem, firstChargeDeferredUntil, requireValidTotal } from "./session-lines";
import { offeredPaymentMethodTypes } from "./session-methods";
import { checkoutSessionObject } from "./session-object";
import { CHECKOUT_SESSION_CREATE_PARAMS, type CheckoutSessionParams, refuseOlderUiMode } from "./session-params";
import { SESSION_UPDATE_PARAMS, updateCheckoutSession } from "./session-update";
import { createSetupIntent } from "./setup-intents";

export function createCheckoutSession(
  account: Account,
  params: CheckoutSessionParams,
  recoveredFrom: string | null = null,
): Stripe.Checkout.Session {
  refuseMethodTypesParam(account, params.payment_method_types);
  checkSessionParams(account, params);
  const customer = params.customer
    ? requireObject(account, "customer", { id: params.customer, noun: "customer", param: "customer" })
    : null;
  const expiresAt = requireValidSessionExpiry(account, params.expires_at);
  const putOff = firstChargeDeferredUntil(account, params) !== null;
  const lineItems = (params.line_items ?? []).map((line, index) =>
    createCheckoutLineItem(account, line, { index, isDeferred: putOff }),
  );
  checkSessionBillingAnchor(account, params, lineItems);
  const id = account.newId(account.livemode ? "cs_live_" : "cs_test_");
  const { total, currency } =
    params.mode === "setup"
      ? { total: null, currency: params.currency?.toLowerCase() ?? null }
      : requireValidTotal(lineItems, params.mode);
  const offered = offeredPaymentMethodTypes(params, currency);
  const setupIntent = params.mode === "setup" ? setupIntentFor(account, params, offered).id : null;
  const settled = { id, total, currency, expiresAt, customer, offered, recoveredFrom, setupIntent };
  const session = checkoutSessionObject(account, params, settled);
  const nothingYet = { intent: null, setupIntent, customer: params.customer ?? null, awaiting: null };
  account.putWithInternalState<"checkout.session">(session, { requested: params, lineItems, ...nothingYet });
  return session;
}

function setupIntentFor(account: Account, params: CheckoutSessionParams, methodTypes: string[]): Stripe.SetupIntent {
  const data = params.setup_intent_data;
  return createSetupIntent(account, {
    customer: params.customer,
    description: data?.description ?? null,
    metadata: withoutEmptyValues(data?.metadata),
    usage: "off_session",
    methodTypes,
    options: params.payment_method_options,
  });
}

/** Creates a session for a simulated history. `form`: parameters of `POST /v1/checkout/sessions`. */
export function createCheckoutSessionFromRawParams(account: Account, form: FormMap): Stripe.Checkout.Session {
  return createCheckoutSession(account, readParams(form, CHECKOUT_SESSION_CREATE_PARAMS));
}

export function createRecoveryCheckoutSession(
  account: Account,
  expired: Stripe.Checkout.Session,
): Stripe.Checkout.Session {
  const { requested, lineItems } = account.internalState<"checkout.session">(expired.id);
  const line_items = requested.line_items?.map((line, index) => ({
    ...line,
    price: lineItems[index]?.price?.id,
    price_data: undefined,
  }));
  return createCheckoutSession(account, { ...requested, line_items, expires_at: undefined }, expired.id);
}

export function lineItemsOfSession(account: Account, id: string): Stripe.LineItem[] {
  return account.internalState<"checkout.session">(id).lineItems;
}

const LIST = {
  ...PAGINATION_PARAMS,
  created: timeRange(),
  customer: text(),
  customer_account: unsupportedParam(),
  customer_details: object({ email: requiredParam(text()) }),
  payment_intent: text(),
  payment_link: text(),
  status: oneOf("open", "complete", "expired"),
  subscription: text(),
};

function listSessions(account: Account, params: ParsedParams<typeof LIST>) {
  const { customer, payment_intent, subscription, created } = params;
  const where = {
    customer,
    payment_intent,
    subscription,
    "$.customer_details.email": params.customer_details?.email,
    "$.payment_link": params.payment_link,
    "$.status": params.status,
  };
  const paging = parsePagingParams(account, params, "checkout.session");
  return listPage(account, { kind: "checkout.session", path: "/v1/checkout/sessions", where, created, ...paging });
}

export const checkoutSessionRoutes: Route[] = [
  route("POST /v1/checkout/sessions", CHECKOUT_SESSION_CREATE_PARAMS, (account, params) => {
    refuseOlderUiMode(account, params);
    return createCheckoutSession(account, params);
  }),
  route("POST /v1/checkout/sessions/:id", SESSION_UPDATE_PARAMS, updateCheckoutSession),
  route("POST /v1/checkout/sessions/:id/expire", {}, (account, _, id) => expireSessionByApi(account, id)),
  route("GET /v1/checkout/sessions/:id/line_items", PAGINATION_PARAMS, (account, params, id) => {
    requireObject(account, "checkout.session", { id, noun: "checkout.session" });
    return pageOfNestedList(lineItemsOfSession(account, id), `/v1/checkout/sessions/${id}/line_items`, params);
  }),
  retrieveRoute("checkout.session", "/v1/checkout/sessions", "checkout.session"),
  route("GET /v1/checkout/sessions", LIST, listSessions),
];
