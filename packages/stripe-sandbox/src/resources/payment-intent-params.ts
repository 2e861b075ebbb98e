import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { METADATA_PARAM, mergeMetadata } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import {
  boolean,
  declareUnsupportedParams,
  email,
  integer,
  list,
  object,
  oneOf,
  requiredParam,
  text,
  unsupportedParam,
  url,
} from "../http/params";
import { requireObject } from "../http/route";
import { findMinimumChargeIfAmountIsBelow, formatMoney, type Money } from "../money";
import { MANDATE_DATA_PARAM } from "./mandates";
import { mergeIntentMethodOptions } from "./payment-intents";
import { PAYMENT_METHOD_DATA_PARAM } from "./payment-method-routes";
import { checkCurrency, refuseInvalidAmount } from "./price-object";
import { SHIPPING_PARAM, shippingOf } from "./shipping";
import { UNSUPPORTED_PAYMENT_METHOD_PARAMS } from "./unsupported-method-params";

const USAGE = oneOf("on_session", "off_session");
const CAPTURE = oneOf("automatic", "automatic_async", "manual");
const DESCRIPTOR = text({ max: 22 });

const METHOD_OPTIONS = object({
  card: object({
    request_three_d_secure: oneOf("any", "automatic", "challenge"),
    setup_future_usage: oneOf("none", "on_session", "off_session"),
    capture_method: oneOf("manual"),
    cvc_token: unsupportedParam(),
    moto: unsupportedParam(),
    installments: unsupportedParam(),
    mandate_options: unsupportedParam(),
    ...declareUnsupportedParams(`network request_extended_authorization request_incremental_authorization request_multicapture
      request_overcapture require_cvc_recollection setup_credential_usage statement_descriptor_suffix_kana
      statement_descriptor_suffix_kanji stored_credential_usage three_d_secure`),
  }),
  sepa_debit: object({
    setup_future_usage: oneOf("none", "on_session", "off_session"),
    target_date: text(),
    mandate_options: unsupportedParam(),
  }),
  ...UNSUPPORTED_PAYMENT_METHOD_PARAMS,
});

const DESCRIBED = {
  capture_method: CAPTURE,
  customer: text(),
  description: text(),
  metadata: METADATA_PARAM,
  payment_method: text(),
  payment_method_data: PAYMENT_METHOD_DATA_PARAM,
  payment_method_options: METHOD_OPTIONS,
  payment_method_types: list(requiredParam(text())),
  receipt_email: email(),
  setup_future_usage: USAGE,
  shipping: SHIPPING_PARAM,
  statement_descriptor: DESCRIPTOR,
  statement_descriptor_suffix: DESCRIPTOR,
  transfer_group: text(),
  excluded_payment_method_types: list(requiredParam(text())),
  allowed_payment_method_types: list(requiredParam(text())),
  amount_details: unsupportedParam(),
  application_fee_amount: unsupportedParam(),
  customer_account: unsupportedParam(),
  hooks: unsupportedParam(),
  payment_details: unsupportedParam(),
  payment_method_configuration: unsupportedParam(),
  transfer_data: unsupportedParam(),
};

export const INTENT_CONFIRM_PARAMS = {
  capture_method: CAPTURE,
  confirmation_token: unsupportedParam(),
  error_on_requires_action: boolean(),
  mandate: unsupportedParam(),
  mandate_data: MANDATE_DATA_PARAM,
  off_session: oneOf("true", "false", "one_off", "recurring"),
  payment_method: text(),
  payment_method_data: PAYMENT_METHOD_DATA_PARAM,
  payment_method_options: METHOD_OPTIONS,
  payment_method_types: list(requiredParam(text())),
  radar_options: object({ session: text(), referrer: unsupportedParam() }),
  excluded_payment_method_types: list(requiredParam(text())),
  allowed_payment_method_types: list(requiredParam(text())),
  receipt_email: email(),
  return_url: url(),
  setup_future_usage: USAGE,
  shipping: SHIPPING_PARAM,
  use_stripe_sdk: boolean(),
  amount_details: unsupportedParam(),
  amount_to_confirm: unsupportedParam(),
  hooks: unsupportedParam(),
  payment_details: unsupportedParam(),
};
export type ConfirmPaymentIntentParams = ParsedParams<typeof INTENT_CONFIRM_PARAMS>;

export const INTENT_UPDATE_PARAMS = { ...DESCRIBED, amount: integer(), currency: text({ max: 3 }) };

export const INTENT_CREATE_PARAMS = {
  ...INTENT_CONFIRM_PARAMS,
  ...DESCRIBED,
  amount: requiredParam(integer()),
  currency: requiredParam(text({ max: 3 })),
  automatic_payment_methods: object({ enabled: requiredParam(boolean()), allow_redirects: oneOf("always", "never") }),
  confirm: boolean(),
  confirmation_method: oneOf("automatic"),
  on_behalf_of: unsupportedParam(),
};
export type CreatePaymentIntentParams = ParsedParams<typeof INTENT_CREATE_PARAMS>;

export function checkChargeAmount(sum: Money): void {
  const param = "amount";
  if (sum.amount < 1) throw invalidRequest("Invalid positive integer", { code: "parameter_invalid_integer", param });
  checkCurrency(sum.currency, "currency");
  refuseInvalidAmount(sum, param);
  const least = findMinimumChargeIfAmountIsBelow(sum);
  if (!least) return;
  const message = `Amount must be at least ${formatMoney(least)} ${least.currency}`;
  throw invalidRequest(message, { code: "amount_too_small", param });
}

const FORBIDDEN_SIGNS = /[<>\\'"*]/;

export function requireValidStatementDescriptors(
  input: Partial<Pick<CreatePaymentIntentParams, "statement_descriptor" | "statement_descriptor_suffix">>,
): void {
  for (const param of ["statement_descriptor", "statement_descriptor_suffix"] as const) {
    const descriptor = input[param];
    if (!descriptor) continue;
    if (FORBIDDEN_SIGNS.test(descriptor))
      throw invalidRequest("The statement descriptor must not contain any of the following characters: < > \\ ' \" *", {
        param,
      });
    if (!/[A-Za-z]/.test(descriptor))
      throw invalidRequest("The statement descriptor must contain at least one letter.", { param });
  }
}

export function withIntentParams(
  account: Account,
  before: Stripe.PaymentIntent,
  input: Partial<ParsedParams<typeof INTENT_UPDATE_PARAMS>>,
): Stripe.PaymentIntent {
  requireValidStatementDescriptors(input);
  if (input.customer) requireObject(account, "customer", { id: input.customer, noun: "customer", param: "customer" });
  const after = { ...before, metadata: mergeMetadata(before.metadata, input.metadata) };
  for (const name of ["description", "receipt_email", "statement_descriptor", "statement_descriptor_suffix"] as const)
    if (input[name] !== undefined) after[name] = input[name];
  for (const name of ["setup_future_usage", "transfer_group"] as const)
    if (input[name] !== undefined) Object.assign(after, { [name]: input[name] });
  if (input.customer !== undefined) after.customer = input.customer;
  if (input.capture_method) after.capture_method = input.capture_method;
  if (input.shipping !== undefined) after.shipping = input.shipping && shippingOf(input.shipping);
  return withMethods(after, input);
}

function withMethods(
  intent: Stripe.PaymentIntent,
  input: Partial<ParsedParams<typeof INTENT_UPDATE_PARAMS>>,
): Stripe.PaymentIntent {
  const { card, sepa_debit: sepa } = input.payment_method_options ?? {};
  const excluded = input.excluded_payment_method_types;
  const only = input.allowed_payment_method_types;
  const types = intent.payment_method_types.filter(
    (type) => !excluded?.includes(type) && (!only || only.includes(type)),
  );
  if (types.length === 0)
    throw invalidRequest("No valid payment method types for this PaymentIntent.", {
      param: "excluded_payment_method_types",
    });
  return {
    ...intent,
    ...(excluded ? { excluded_payment_method_types: excluded } : {}),
    ...(only ? { allowed_payment_method_types: only } : {}),
    ...(card?.capture_method ? { capture_method: card.capture_method } : {}),
    payment_method_options: mergeIntentMethodOptions(types, intent.payment_method_options, { card, sepa_debit: sepa }),
    payment_method_types: types,
  };
}
