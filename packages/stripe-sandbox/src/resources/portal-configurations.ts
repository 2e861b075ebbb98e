// Handles the calls for configurations of the billing portal. The first configuration becomes the default, because the
// stand-in has no Dashboard in which to choose a default.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import {
  boolean,
  integer,
  list,
  object,
  oneOf,
  readParams,
  requiredParam,
  text,
  unsupportedParam,
  url,
} from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import { previousAttributes } from "./previous-attributes";

const REASONS = [
  "customer_service",
  "low_quality",
  "missing_features",
  "other",
  "switched_service",
  "too_complex",
  "too_expensive",
  "unused",
] as const;

const INTERVAL = object({
  interval: requiredParam(oneOf("day", "month", "week", "year")),
  interval_count: integer({ min: 1 }),
});

const FEATURES = object({
  customer_update: object({
    allowed_updates: list(requiredParam(oneOf("address", "email", "name", "phone", "shipping", "tax_id"))),
    enabled: boolean(),
  }),
  invoice_history: object({ enabled: requiredParam(boolean()) }),
  payment_method_update: object({
    enabled: requiredParam(boolean()),
    payment_method_configuration: unsupportedParam(),
  }),
  subscription_cancel: object({
    cancellation_reason: object({
      enabled: requiredParam(boolean()),
      feedback_options: unsupportedParam(),
      options: list(requiredParam(oneOf(...REASONS))),
    }),
    enabled: boolean(),
    mode: oneOf("at_period_end", "immediately"),
    proration_behavior: oneOf("always_invoice", "create_prorations", "none"),
  }),
  subscription_pause: object({
    duration: object({
      interval_options: list(requiredParam(INTERVAL)),
      type: requiredParam(oneOf("indefinite", "interval_options")),
    }),
    enabled: boolean(),
  }),
  subscription_update: object({
    enabled: boolean(),
    billing_cycle_anchor: oneOf("now", "unchanged"),
    default_allowed_updates: list(requiredParam(oneOf("price", "promotion_code", "quantity"))),
    products: list(
      requiredParam(
        object({
          adjustable_quantity: unsupportedParam(),
          prices: list(requiredParam(text())),
          product: requiredParam(text()),
        }),
      ),
      { max: 10 },
    ),
    proration_behavior: oneOf("always_invoice", "create_prorations", "none"),
    schedule_at_period_end: unsupportedParam(),
    trial_update_behavior: oneOf("continue_trial", "end_trial"),
  }),
});
type Features = NonNullable<ParsedParams<{ features: typeof FEATURES }>["features"]>;

const COMMON = {
  business_profile: object({
    headline: text({ max: 60 }),
    privacy_policy_url: url(),
    terms_of_service_url: url(),
  }),
  default_return_url: url(),
  login_page: object({ enabled: requiredParam(boolean()) }),
  metadata: METADATA_PARAM,
  name: text(),
};
const CREATE = { ...COMMON, features: requiredParam(FEATURES) };
const UPDATE = { ...COMMON, features: FEATURES, active: boolean() };

type Configuration = Stripe.BillingPortal.Configuration;

function create(account: Account, params: ParsedParams<typeof CREATE>): Configuration {
  const created = account.now();
  const blank: Configuration = {
    id: account.newId("bpc_"),
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created,
    default_return_url: null,
    features: NOTHING_ENABLED,
    is_default: findDefaultPortalConfiguration(account) === null,
    livemode: account.livemode,
    login_page: { enabled: false, url: null },
    metadata: withoutEmptyValues(params.metadata),
    name: null,
    updated: created,
  };
  const configuration = apply(account, blank, params);
  account.put(configuration);
  account.emit("billing_portal.configuration.created", configuration);
  return configuration;
}

const NOTHING_ENABLED: Configuration["features"] = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [...REASONS] },
    enabled: false,
    mode: "at_period_end",
    proration_behavior: "none",
  },
  subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    proration_behavior: "none",
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: "end_trial",
  },
};

function apply(account: Account, before: Configuration, params: Partial<ParsedParams<typeof UPDATE>>): Configuration {
  const { business_profile: profile, default_return_url, login_page: login, name } = params;
  const loginUrl = login?.enabled ? `${account.baseUrl}/p/login/${before.id}` : null;
  return {
    ...before,
    active: params.active ?? before.active,
    business_profile: { ...before.business_profile, ...withoutAbsent(profile ?? {}) },
    default_return_url: default_return_url === undefined ? before.default_return_url : default_return_url,
    features: withFeatures(before.features, params.features ?? {}),
    login_page: login ? { enabled: login.enabled, url: loginUrl } : before.login_page,
    name: name === undefined ? before.name : name,
  };
}

function withFeatures(before: Configuration["features"], params: Partial<Features>): Configuration["features"] {
  const { subscription_cancel: cancel, subscription_pause: pause } = params;
  const reason = {
    ...before.subscription_cancel.cancellation_reason,
    ...withoutAbsent(cancel?.cancellation_reason ?? {}),
  };
  const updates = withoutAbsent(params.subscription_update ?? {});
  return {
    customer_update: { ...before.customer_update, ...withoutAbsent(params.customer_update ?? {}) },
    invoice_history: { ...before.invoice_history, ...withoutAbsent(params.invoice_history ?? {}) },
    payment_method_update: { ...before.payment_method_update, ...withoutAbsent(params.payment_method_update ?? {}) },
    subscription_cancel: { ...before.subscription_cancel, ...withoutAbsent(cancel ?? {}), cancellation_reason: reason },
    subscription_pause: {
      enabled: pause?.enabled ?? before.subscription_pause.enabled,
      duration: pause?.duration ? durationOf(pause.duration) : before.subscription_pause.duration,
    },
    subscription_update: {
      ...before.subscription_update,
      ...updates,
    } as Configuration["features"]["subscription_update"],
  };
}

type Duration = NonNullable<NonNullable<Features["subscription_pause"]>["duration"]>;

function durationOf({ type, interval_options }: Duration): Configuration["features"]["subscription_pause"]["duration"] {
  const options = (interval_options ?? []).map(({ interval, interval_count }) => ({
    interval,
    interval_count: interval_count ?? 1,
  }));
  return { type, interval_options: options };
}

function withoutAbsent<T extends object>(values: T): { [K in keyof T]: NonNullable<T[K]> } {
  const present = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(present) as { [K in keyof T]: NonNullable<T[K]> };
}

export function findDefaultPortalConfiguration(account: Account): Configuration | null {
  const where = { "$.is_default": true, "$.active": true };
  return account.list("billing_portal.configuration", { where, limit: 1 })[0] ?? null;
}

/**
 * Creates a default configuration if the account has none. Like the Dashboard's, it lets customers change details and
 * card, see invoices, and cancel.
 */
export function ensureDefaultConfiguration(account: Account): void {
  if (findDefaultPortalConfiguration(account)) return;
  const features = {
    customer_update: { enabled: "true", allowed_updates: ["email", "name", "address"] },
    invoice_history: { enabled: "true" },
    payment_method_update: { enabled: "true" },
    subscription_cancel: { enabled: "true" },
  };
  create(account, readParams({ features }, CREATE));
}

function update(account: Account, params: ParsedParams<typeof UPDATE>, id: string): Configuration {
  const before = requireObject(account, "billing_portal.configuration", { id, noun: "configuration" });
  if (before.is_default && params.active === false)
    throw invalidRequest("You cannot deactivate the default configuration.", { param: "active" });
  const applied = apply(account, before, params);
  const after = { ...applied, metadata: mergeMetadata(before.metadata ?? {}, params.metadata), updated: account.now() };
  account.put(after);
  account.emit("billing_portal.configuration.updated", after, previousAttributes(before, after));
  return after;
}

const PATH = "/v1/billing_portal/configurations";

export const portalConfigurationRoutes: Route[] = [
  route(`POST ${PATH}`, CREATE, create),
  route(`POST ${PATH}/:id`, UPDATE, update),
  retrieveRoute("billing_portal.configuration", PATH, "configuration"),
  listRoute("billing_portal.configuration", PATH, {
    shape: { active: boolean(), is_default: boolean() },
    where: (params) => ({
      "$.active": params.active,
      "$.is_default": params.is_default,
    }),
  }),
];
