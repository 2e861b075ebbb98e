// Creates short-lived keys that give a browser or an app access to one customer: customer sessions and ephemeral keys.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, notFoundError } from "../http/errors";
import type { ParsedParams } from "../http/params";
import { boolean, integer, list, object, oneOf, requiredParam, text, unsupportedParam } from "../http/params";
import { type Route, requireObject, route } from "../http/route";

const HALF_AN_HOUR = 1_800;
const SWITCH = oneOf("disabled", "enabled");
const REDISPLAY = oneOf("always", "limited", "unspecified");
const ON = { enabled: requiredParam(boolean()) };

const COMPONENTS = requiredParam(
  object({
    active_entitlements: unsupportedParam(),
    buy_button: object(ON),
    customer_portal: unsupportedParam(),
    customer_sheet: unsupportedParam(),
    mobile_payment_element: unsupportedParam(),
    payment_element: object({
      ...ON,
      features: object({
        payment_method_allow_redisplay_filters: list(requiredParam(REDISPLAY)),
        payment_method_redisplay: SWITCH,
        payment_method_redisplay_limit: integer({ min: 1, max: 10 }),
        payment_method_remove: SWITCH,
        payment_method_save: SWITCH,
        payment_method_save_usage: oneOf("off_session", "on_session"),
      }),
    }),
    pricing_table: object(ON),
  }),
);
type Components = ParsedParams<{ components: typeof COMPONENTS }>["components"];

const OFF = { enabled: false };

function sessionOf(account: Account, customer: string, input: Components): Stripe.CustomerSession {
  const created = account.now();
  return {
    object: "customer_session",
    client_secret: `cuss_secret_${account.newId("")}`,
    components: {
      active_entitlements: OFF,
      buy_button: input.buy_button ?? OFF,
      customer_portal: OFF,
      customer_sheet: { ...OFF, features: null },
      mobile_payment_element: { ...OFF, features: null },
      payment_element: elementOf(input.payment_element),
      pricing_table: input.pricing_table ?? OFF,
    },
    created,
    customer,
    customer_account: null,
    expires_at: created + HALF_AN_HOUR,
    livemode: account.livemode,
  };
}

function elementOf(input: Components["payment_element"]): Stripe.CustomerSession.Components.PaymentElement {
  if (!input?.enabled) return { ...OFF, features: null };
  const { features } = input;
  return {
    enabled: true,
    features: {
      payment_method_allow_redisplay_filters: features?.payment_method_allow_redisplay_filters ?? ["always"],
      payment_method_redisplay: features?.payment_method_redisplay ?? "disabled",
      payment_method_redisplay_limit: features?.payment_method_redisplay_limit ?? 3,
      payment_method_remove: features?.payment_method_remove ?? "disabled",
      payment_method_save: features?.payment_method_save ?? "disabled",
      payment_method_save_usage: features?.payment_method_save_usage ?? null,
    },
  };
}

function createKey(account: Account, customer: string): Stripe.EphemeralKey {
  const id = account.newId("ephkey_");
  const created = account.now();
  const { livemode } = account;
  const key: Stripe.EphemeralKey = { id, object: "ephemeral_key", created, expires: created + 3_600, livemode };
  account.put(key);
  return { ...key, ...{ associated_objects: [{ id: customer, type: "customer" }] }, secret: account.newId("ek_test_") };
}

function removeKey(account: Account, id: string): Stripe.EphemeralKey {
  const key = account.find("ephemeral_key", id);
  if (!key) throw notFoundError("ephemeral key", id);
  account.store.drop(account.id, id);
  return key;
}

export const customerSessionRoutes: Route[] = [
  route(
    "POST /v1/customer_sessions",
    { customer: requiredParam(text()), customer_account: unsupportedParam(), components: COMPONENTS },
    (account, { components, customer }) =>
      sessionOf(
        account,
        requireObject(account, "customer", { id: customer, noun: "customer", param: "customer" }).id,
        components,
      ),
  ),
  route(
    "POST /v1/ephemeral_keys",
    {
      customer: text(),
      issuing_card: unsupportedParam(),
      nonce: unsupportedParam(),
      verification_session: unsupportedParam(),
    },
    (account, { customer }) => {
      if (!customer) throw invalidRequest("You must pass the customer that the key is for.", { param: "customer" });
      return createKey(
        account,
        requireObject(account, "customer", { id: customer, noun: "customer", param: "customer" }).id,
      );
    },
  ),
  route("DELETE /v1/ephemeral_keys/:id", {}, (account, _, id) => removeKey(account, id)),
];
