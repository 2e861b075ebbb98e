import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import type { FormMap } from "../http/form";
import type { ParsedParams } from "../http/params";
import { integer, list, object, oneOf, readParams, requiredParam, text, unsupportedParam, url } from "../http/params";
import { type Route, requireObject, route } from "../http/route";
import { findDefaultPortalConfiguration } from "./portal-configurations";

type Session = Stripe.BillingPortal.Session;
type Flow = NonNullable<Session["flow"]>;

const OF_SUBSCRIPTION = object({ subscription: requiredParam(text()) });

const FLOW = object({
  type: requiredParam(
    oneOf(
      "customer_update",
      "payment_method_update",
      "subscription_cancel",
      "subscription_pause",
      "subscription_update",
      "subscription_update_confirm",
    ),
  ),
  after_completion: object({
    type: requiredParam(oneOf("hosted_confirmation", "portal_homepage", "redirect")),
    hosted_confirmation: object({ custom_message: text({ max: 500 }) }),
    redirect: object({ return_url: requiredParam(url()) }),
  }),
  subscription_cancel: object({ subscription: requiredParam(text()), retention: unsupportedParam() }),
  subscription_pause: OF_SUBSCRIPTION,
  subscription_update: OF_SUBSCRIPTION,
  subscription_update_confirm: object({
    subscription: requiredParam(text()),
    items: requiredParam(
      list(requiredParam(object({ id: requiredParam(text()), price: text(), quantity: integer({ min: 1 }) })), {
        max: 1,
      }),
    ),
    discounts: unsupportedParam(),
  }),
});
type FlowParams = NonNullable<ParsedParams<{ flow: typeof FLOW }>["flow"]>;

const CREATE = {
  customer: requiredParam(text()),
  configuration: text(),
  flow_data: FLOW,
  locale: text({ max: 10 }),
  return_url: url(),
  after_expiration: unsupportedParam(),
  customer_account: unsupportedParam(),
  on_behalf_of: unsupportedParam(),
};

export function readPortalSessionParams(form: FormMap): ParsedParams<typeof CREATE> {
  return readParams(form, CREATE);
}

export function createPortalSession(account: Account, params: ParsedParams<typeof CREATE>): Session {
  const customer = requireObject(account, "customer", { id: params.customer, noun: "customer", param: "customer" });
  const configuration = configurationFor(account, params.configuration ?? null);
  const flow = params.flow_data ? flowOf(account, params.flow_data, customer.id) : null;
  const id = account.newId("bps_");
  const session: Session = {
    id,
    object: "billing_portal.session",
    configuration: configuration.id,
    created: account.now(),
    customer: customer.id,
    customer_account: null,
    flow,
    livemode: account.livemode,
    locale: params.locale ?? null,
    on_behalf_of: null,
    return_url: params.return_url ?? configuration.default_return_url,
    url: `${account.baseUrl}/p/session/${id}/${account.newId("")}`,
  };
  account.putWithInternalState<"billing_portal.session">(session, { lastSeen: null });
  account.emit("billing_portal.session.created", session);
  return session;
}

function configurationFor(account: Account, id: string | null): Stripe.BillingPortal.Configuration {
  const chosen = id
    ? requireObject(account, "billing_portal.configuration", { id, noun: "configuration", param: "configuration" })
    : findDefaultPortalConfiguration(account);
  const mode = account.livemode ? "live" : "test";
  if (!chosen)
    throw invalidRequest(
      `No configuration provided and your ${mode} mode default configuration has not been created. Provide a configuration or create your default by saving your customer portal settings in ${mode} mode at https://dashboard.stripe.com/${mode}/settings/billing/portal.`,
    );
  if (!chosen.active) throw invalidRequest("The configuration is not active.", { param: "configuration" });
  return chosen;
}

function flowOf(account: Account, params: FlowParams, customer: string): Flow {
  const { type } = params;
  const flow: Flow = {
    after_completion: afterCompletionOf(params),
    customer_update: type === "customer_update" ? {} : null,
    subscription_cancel: null,
    subscription_pause: null,
    subscription_update: null,
    subscription_update_confirm: null,
    type,
  };
  if (type === "customer_update" || type === "payment_method_update") return flow;
  const subscription = subscriptionOf(account, params, customer);
  if (type === "subscription_cancel") return { ...flow, subscription_cancel: { subscription, retention: null } };
  if (type !== "subscription_update_confirm") return { ...flow, [type]: { subscription } };
  const items = (params.subscription_update_confirm?.items ?? []).map(({ id, price, quantity }) => ({
    id,
    price: price ?? null,
    quantity: quantity ?? undefined,
  }));
  return { ...flow, subscription_update_confirm: { discounts: null, items, subscription } };
}

function subscriptionOf(account: Account, params: FlowParams, customer: string): string {
  const { type } = params;
  if (type === "customer_update" || type === "payment_method_update") return "";
  const at = `flow_data[${type}][subscription]`;
  const id = params[type]?.subscription;
  if (!id) throw invalidRequest(`Missing required param: ${at}.`, { code: "parameter_missing", param: at });
  const subscription = requireObject(account, "subscription", { id, noun: "subscription", param: at });
  if (subscription.customer !== customer)
    throw invalidRequest("The subscription does not belong to the customer of the session.", { param: at });
  if (subscription.status === "canceled")
    throw invalidRequest(`The subscription \`${id}\` has been canceled and cannot be used in a portal flow.`, {
      param: at,
    });
  return id;
}

function afterCompletionOf({ after_completion: input }: FlowParams): Flow["after_completion"] {
  const type = input?.type ?? "portal_homepage";
  const param = "flow_data[after_completion][redirect]";
  if (type === "redirect" && !input?.redirect)
    throw invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  const message = input?.hosted_confirmation?.custom_message ?? null;
  return {
    hosted_confirmation: type === "hosted_confirmation" ? { custom_message: message } : null,
    redirect: type === "redirect" && input?.redirect ? { return_url: input.redirect.return_url } : null,
    type,
  };
}

export const portalSessionRoutes: Route[] = [route("POST /v1/billing_portal/sessions", CREATE, createPortalSession)];
