// Checkout Sessions: open → complete or expired. Paying is in stories/pay-checkout.ts.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalid } from "../http/errors";
import type { FormMap } from "../http/form";
import type { Read } from "../http/params";
import { object, oneOf, range, readParams, required, text, unbuilt } from "../http/params";
import { found, META, mergeMetadata, PAGE, page, pageOf, type Route, retrieveRoute, route } from "../http/route";
import { listOf } from "../objects";
import { refuseMethodTypes } from "./payment-intents";
import { checkChoices, expiryOf, lineItemOf, totalOf } from "./session-checks";
import { asideOf, sessionOf } from "./session-object";
import { CREATE, type Create } from "./session-params";

function createFrom(account: Account, params: Create): Stripe.Checkout.Session {
  refuseMethodTypes(account, params.payment_method_types);
  checkChoices(params);
  const customer = params.customer ? found(account, "customer", params.customer, "customer", "customer") : null;
  const expiresAt = expiryOf(account, params.expires_at);
  const lineItems = (params.line_items ?? []).map((line, index) => lineItemOf(account, line, index));
  const { total, currency } = totalOf(lineItems, params.mode);
  const id = account.newId(account.livemode ? "cs_live_" : "cs_test_");
  const session = sessionOf(account, params, { id, total, currency, expiresAt, customer });
  account.putWithAside<"checkout.session">(session, asideOf(params, lineItems));
  return session;
}

/** Makes a session outside of an API call, from the same parameters and with the same checks: history's way in. */
export function createSession(account: Account, form: FormMap): Stripe.Checkout.Session {
  return createFrom(account, readParams(form, CREATE));
}

export function expireSession(account: Account, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  const expired: Stripe.Checkout.Session = { ...session, status: "expired", url: null };
  account.put(expired);
  account.emit("checkout.session.expired", expired);
  return expired;
}

function expireByApi(account: Account, id: string): Stripe.Checkout.Session {
  const session = found(account, "checkout.session", id, "checkout.session");
  if (session.status === "open") return expireSession(account, session);
  const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`;
  throw invalid(message);
}

function lineItemsPage(account: Account, id: string, limit: number) {
  const lines = lineItemsOf(account, id);
  return listOf(lines.slice(0, limit), `/v1/checkout/sessions/${id}/line_items`, lines.length > limit);
}

export function lineItemsOf(account: Account, id: string): Stripe.LineItem[] {
  return account.aside<"checkout.session">(id).lineItems;
}

const LIST = {
  ...PAGE,
  created: range(),
  customer: text(),
  customer_details: object({ email: required(text()) }),
  payment_intent: text(),
  payment_link: unbuilt(),
  status: oneOf("open", "complete", "expired"),
  subscription: text(),
};

function listSessions(account: Account, params: Read<typeof LIST>) {
  const { customer, payment_intent, subscription } = params;
  const email = params.customer_details?.email;
  const where = {
    customer,
    payment_intent,
    subscription,
    "$.customer_details.email": email,
    "$.status": params.status,
  };
  const paging = pageOf(account, params, "checkout.session");
  return page(account, {
    kind: "checkout.session",
    path: "/v1/checkout/sessions",
    where,
    created: params.created,
    ...paging,
  });
}

export const checkoutSessionRoutes: Route[] = [
  route("POST /v1/checkout/sessions", CREATE, createFrom),
  route("POST /v1/checkout/sessions/:id", { metadata: META, line_items: unbuilt() }, (account, params, id) => {
    const before = found(account, "checkout.session", id, "checkout.session");
    const after = { ...before, metadata: mergeMetadata(before.metadata ?? {}, params.metadata) };
    account.put(after);
    return after;
  }),
  route("POST /v1/checkout/sessions/:id/expire", {}, (account, _, id) => expireByApi(account, id)),
  route("GET /v1/checkout/sessions/:id/line_items", PAGE, (account, params, id) => {
    found(account, "checkout.session", id, "checkout.session");
    return lineItemsPage(account, id, params.limit ?? 10);
  }),
  retrieveRoute("checkout.session", "/v1/checkout/sessions", "checkout.session"),
  route("GET /v1/checkout/sessions", LIST, listSessions),
];
