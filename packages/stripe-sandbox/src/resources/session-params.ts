import { METADATA_PARAM } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import {
  boolean,
  declareUnsupportedParams,
  email,
  integer,
  list,
  mustBeOneOfError,
  object,
  oneOf,
  requiredParam,
  text,
  unsupportedParam,
  url,
} from "../http/params";
import { PRICE_DATA_PARAMS } from "./price-params";
import { CHECKOUT_DATA_COLLECTION_PARAMS } from "./session-collection-params";
import { SHIPPING_PARAM } from "./shipping";
import { FLEXIBLE_BILLING_PARAM } from "./subscription-params";
import { UNSUPPORTED_PAYMENT_METHOD_PARAMS } from "./unsupported-method-params";

export const LINE_ITEM = {
  price: text(),
  price_data: object(PRICE_DATA_PARAMS),
  quantity: integer({ min: 0, max: 999_999 }),
  metadata: METADATA_PARAM,
  adjustable_quantity: object({
    enabled: requiredParam(boolean()),
    maximum: integer({ min: 1, max: 999_999 }),
    minimum: integer({ min: 0, max: 999_999 }),
  }),
  tax_rates: unsupportedParam(),
};
export type LineItemParams = ParsedParams<typeof LINE_ITEM>;

const PAYMENT_INTENT_DATA = {
  capture_method: oneOf("automatic", "automatic_async"),
  description: text(),
  metadata: METADATA_PARAM,
  receipt_email: email(),
  setup_future_usage: oneOf("on_session", "off_session"),
  statement_descriptor_suffix: text({ max: 22 }),
  shipping: SHIPPING_PARAM,
  ...declareUnsupportedParams("application_fee_amount on_behalf_of transfer_data transfer_group"),
  statement_descriptor: unsupportedParam(),
};

const SUBSCRIPTION_DATA = {
  billing_cycle_anchor: integer(),
  billing_mode: object({
    type: requiredParam(oneOf("classic", "flexible")),
    flexible: FLEXIBLE_BILLING_PARAM,
  }),
  description: text({ max: 500 }),
  metadata: METADATA_PARAM,
  proration_behavior: oneOf("create_prorations", "none"),
  trial_end: integer(),
  trial_period_days: integer({ min: 1, max: 730 }),
  trial_settings: object({
    end_behavior: requiredParam(
      object({ missing_payment_method: requiredParam(oneOf("cancel", "create_invoice", "pause")) }),
    ),
  }),
  ...declareUnsupportedParams(`application_fee_percent billing_cycle_anchor_config default_tax_rates invoice_settings on_behalf_of
    pending_invoice_item_interval transfer_data`),
};

const FUTURE_USAGE = oneOf("none", "off_session", "on_session");

const METHOD_OPTIONS = object({
  card: object({
    request_three_d_secure: oneOf("any", "automatic", "challenge"),
    restrictions: object({
      brands_blocked: list(requiredParam(oneOf("american_express", "discover_global_network", "mastercard", "visa"))),
      funding_types_blocked: list(requiredParam(oneOf("credit", "debit", "prepaid"))),
    }),
    setup_future_usage: FUTURE_USAGE,
    ...declareUnsupportedParams(`capture_method installments request_extended_authorization request_incremental_authorization
      request_multicapture request_overcapture statement_descriptor_suffix_kana statement_descriptor_suffix_kanji`),
  }),
  sepa_debit: object({ setup_future_usage: FUTURE_USAGE, ...declareUnsupportedParams("mandate_options target_date") }),
  ...UNSUPPORTED_PAYMENT_METHOD_PARAMS,
});

const INVOICE_CREATION = object({
  enabled: requiredParam(boolean()),
  invoice_data: object({
    custom_fields: list(
      requiredParam(object({ name: requiredParam(text({ max: 40 })), value: requiredParam(text({ max: 140 })) })),
      {
        max: 4,
      },
    ),
    description: text({ max: 1500 }),
    footer: text({ max: 5000 }),
    metadata: METADATA_PARAM,
    account_tax_ids: unsupportedParam(),
    issuer: unsupportedParam(),
    rendering_options: unsupportedParam(),
  }),
});

const METHODS = {
  allowed_payment_method_types: list(requiredParam(text())),
  excluded_payment_method_types: list(requiredParam(text())),
  payment_method_collection: oneOf("always", "if_required"),
  payment_method_data: object({ allow_redisplay: oneOf("always", "limited", "unspecified") }),
  payment_method_options: METHOD_OPTIONS,
  payment_method_types: list(requiredParam(text())),
  saved_payment_method_options: object({
    allow_redisplay_filters: unsupportedParam(),
    payment_method_remove: oneOf("disabled", "enabled"),
    payment_method_save: oneOf("disabled", "enabled"),
  }),
  payment_method_configuration: unsupportedParam(),
};

const NOT_BUILT = {
  branding_settings: unsupportedParam(),
  customer_account: unsupportedParam(),
  discounts: unsupportedParam(),
  managed_payments: unsupportedParam(),
  optional_items: unsupportedParam(),
  permissions: unsupportedParam(),
  shipping_address_collection: unsupportedParam(),
  shipping_options: unsupportedParam(),
  tax_id_collection: unsupportedParam(),
};

const UI_MODES = ["hosted_page", "embedded_page", "elements", "form"] as const;

export const CHECKOUT_SESSION_CREATE_PARAMS = {
  ...CHECKOUT_DATA_COLLECTION_PARAMS,
  ...METHODS,
  ...NOT_BUILT,
  mode: requiredParam(oneOf("payment", "setup", "subscription")),
  line_items: list(requiredParam(object(LINE_ITEM))),
  success_url: url(),
  cancel_url: url(),
  return_url: url(),
  client_reference_id: text({ max: 200 }),
  currency: text({ max: 3 }),
  customer: text(),
  customer_email: email(),
  customer_creation: oneOf("always", "if_required"),
  expires_at: integer(),
  integration_identifier: text({ max: 200 }),
  locale: text({ max: 10 }),
  metadata: METADATA_PARAM,
  origin_context: oneOf("mobile_app", "web"),
  redirect_on_completion: oneOf("always", "if_required", "never"),
  submit_type: oneOf("auto", "book", "donate", "pay", "subscribe"),
  ui_mode: oneOf(...UI_MODES, "hosted", "embedded", "custom"),
  payment_intent_data: object(PAYMENT_INTENT_DATA),
  setup_intent_data: object({ description: text(), metadata: METADATA_PARAM, on_behalf_of: unsupportedParam() }),
  subscription_data: object(SUBSCRIPTION_DATA),
  /** The session object shows this, but it has no effect: the page offers only the session's own currency. */
  adaptive_pricing: object({ enabled: boolean() }),
  after_expiration: object({
    recovery: object({ enabled: requiredParam(boolean()), allow_promotion_codes: boolean() }),
  }),
  /** The session object shows this, but it has no effect: the Checkout page has no field for a promotion code. */
  allow_promotion_codes: boolean(),
  automatic_tax: object({ enabled: requiredParam(boolean()), liability: unsupportedParam() }),
  invoice_creation: INVOICE_CREATION,
  wallet_options: object({ link: object({ display: oneOf("auto", "never") }) }),
};
export type CheckoutSessionParams = ParsedParams<typeof CHECKOUT_SESSION_CREATE_PARAMS>;

/** The values of `ui_mode` before 2026-03-25.dahlia, and the newer names that replace them. */
const OLDER_UI_MODES = { hosted: "hosted_page", embedded: "embedded_page", custom: "elements" } as const;

export function uiModeOf({ ui_mode: requested }: Pick<CheckoutSessionParams, "ui_mode">) {
  const older = requested === "hosted" || requested === "embedded" || requested === "custom";
  return older ? OLDER_UI_MODES[requested] : (requested ?? "hosted_page");
}

export function refuseOlderUiMode(
  { apiVersion }: { apiVersion: string },
  { ui_mode: requested }: CheckoutSessionParams,
): void {
  if (requested && requested in OLDER_UI_MODES && apiVersion >= "2026-03-25")
    throw mustBeOneOfError("ui_mode", UI_MODES);
}
