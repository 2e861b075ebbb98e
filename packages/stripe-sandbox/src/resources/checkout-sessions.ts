// Checkout Sessions: open → complete or expired. Paying is in stories/pay-checkout.ts.
import type Stripe from "stripe";
import type { Account } from "../account";
import type { FormMap } from "../http/form";
import { withoutEmpty } from "../http/metadata";
import type { Read } from "../http/params";
import { object, oneOf, range, readParams, required, text, unbuilt } from "../http/params";
import { found, PAGE, page, pageOf, pageOfLines, type Route, retrieveRoute, route } from "../http/route";
import { refuseMethodTypes } from "./payment-intents";
import { checkAnchor, checkChoices, expiryOf } from "./session-checks";
import { expireByApi } from "./session-expiry";
import { firstPaymentOf, lineItemOf, totalOf } from "./session-lines";
import { offeredMethods } from "./session-methods";
import { sessionOf } from "./session-object";
import { CREATE, type Create, refuseOlderParameters } from "./session-params";
import { UPDATE, updateSession } from "./session-update";
import { createSetupIntent } from "./setup-intents";

export function createFrom(
  account: Account,
  params: Create,
  recoveredFrom: string | null = null,
): Stripe.Checkout.Session {
  refuseMethodTypes(account, params.payment_method_types);
  checkChoices(account, params);
  const customer = params.customer
    ? found(account, "customer", { id: params.customer, noun: "customer", param: "customer" })
    : null;
  const expiresAt = expiryOf(account, params.expires_at);
  const putOff = firstPaymentOf(account, params) !== null;
  const lineItems = (params.line_items ?? []).map((line, index) =>
    lineItemOf(account, line, { index, isPutOff: putOff }),
  );
  checkAnchor(account, params, lineItems);
  const id = account.newId(account.livemode ? "cs_live_" : "cs_test_");
  const { total, currency } =
    params.mode === "setup"
      ? { total: null, currency: params.currency?.toLowerCase() ?? null }
      : totalOf(lineItems, params.mode);
  const offered = offeredMethods(params, currency);
  const setupIntent = params.mode === "setup" ? setupIntentFor(account, params, offered).id : null;
  const settled = { id, total, currency, expiresAt, customer, offered, recoveredFrom, setupIntent };
  const session = sessionOf(account, params, settled);
  const nothingYet = { intent: null, setupIntent, customer: params.customer ?? null, awaiting: null };
  account.putWithInternalState<"checkout.session">(session, { asked: params, lineItems, ...nothingYet });
  return session;
}

function setupIntentFor(account: Account, params: Create, methodTypes: string[]): Stripe.SetupIntent {
  const data = params.setup_intent_data;
  return createSetupIntent(account, {
    customer: params.customer,
    description: data?.description ?? null,
    metadata: withoutEmpty(data?.metadata),
    usage: "off_session",
    methodTypes,
    options: params.payment_method_options,
  });
}

/** Creates a session without an API call, for a simulated history, from the same parameters and with the same checks. */
export function createSession(account: Account, form: FormMap): Stripe.Checkout.Session {
  return createFrom(account, readParams(form, CREATE));
}

/** Creates a new session from an expired one, with the same prices. */
export function recoverSession(account: Account, expired: Stripe.Checkout.Session): Stripe.Checkout.Session {
  const { asked: requested, lineItems } = account.internalState<"checkout.session">(expired.id);
  const line_items = requested.line_items?.map((line, index) => ({
    ...line,
    price: lineItems[index]?.price?.id,
    price_data: undefined,
  }));
  return createFrom(account, { ...requested, line_items, expires_at: undefined }, expired.id);
}

export function lineItemsOf(account: Account, id: string): Stripe.LineItem[] {
  return account.internalState<"checkout.session">(id).lineItems;
}

const LIST = {
  ...PAGE,
  created: range(),
  customer: text(),
  customer_account: unbuilt(),
  customer_details: object({ email: required(text()) }),
  payment_intent: text(),
  payment_link: text(),
  status: oneOf("open", "complete", "expired"),
  subscription: text(),
};

function listSessions(account: Account, params: Read<typeof LIST>) {
  const { customer, payment_intent, subscription, created } = params;
  const where = {
    customer,
    payment_intent,
    subscription,
    "$.customer_details.email": params.customer_details?.email,
    "$.payment_link": params.payment_link,
    "$.status": params.status,
  };
  const paging = pageOf(account, params, "checkout.session");
  return page(account, { kind: "checkout.session", path: "/v1/checkout/sessions", where, created, ...paging });
}

export const checkoutSessionRoutes: Route[] = [
  route("POST /v1/checkout/sessions", CREATE, (account, params) => {
    refuseOlderParameters(account, params);
    return createFrom(account, params);
  }),
  route("POST /v1/checkout/sessions/:id", UPDATE, updateSession),
  route("POST /v1/checkout/sessions/:id/expire", {}, (account, _, id) => expireByApi(account, id)),
  route("GET /v1/checkout/sessions/:id/line_items", PAGE, (account, params, id) => {
    found(account, "checkout.session", { id, noun: "checkout.session" });
    return pageOfLines(lineItemsOf(account, id), `/v1/checkout/sessions/${id}/line_items`, params);
  }),
  retrieveRoute("checkout.session", "/v1/checkout/sessions", "checkout.session"),
  route("GET /v1/checkout/sessions", LIST, listSessions),
];
