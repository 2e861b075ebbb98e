import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, unsupportedError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { boolean, integer, oneOf, text, unsupportedParam } from "../http/params";
import { listRoute, type Route, requireObject, route } from "../http/route";
import { idOf } from "../objects";
import { cancelIntent } from "../payment-flows/cancel-intent";
import { captureCharge } from "../payment-flows/capture";
import { confirmIntent } from "../payment-flows/confirm-intent";
import { accountOnTestClock } from "../resources/account-at-test-clock";
import {
  type CreatePaymentIntentParams,
  checkChargeAmount,
  INTENT_CONFIRM_PARAMS,
  INTENT_CREATE_PARAMS,
  INTENT_UPDATE_PARAMS,
  requireValidStatementDescriptors,
  withIntentParams,
} from "../resources/payment-intent-params";
import {
  automaticPaymentMethodsFor,
  checkIntentSecret,
  createIntent,
  paymentMethodTypesFor,
  refuseMethodTypesParam,
  unexpectedStateError,
} from "../resources/payment-intents";
import { createMethodFromData } from "../resources/payment-method-routes";
import { findOrCreateMethod } from "../resources/payment-methods";

function create(caller: Account, params: CreatePaymentIntentParams): Stripe.PaymentIntent {
  refuseMethodTypesParam(caller, params.payment_method_types);
  const currency = params.currency.toLowerCase();
  checkChargeAmount({ amount: params.amount, currency });
  requireValidStatementDescriptors(params);
  const customer = params.customer
    ? requireObject(caller, "customer", { id: params.customer, noun: "customer", param: "customer" })
    : null;
  const account = customer ? accountOnTestClock(caller, customer) : caller;
  const automatic = automaticPaymentMethodsFor(caller, params);
  const types = automatic ? null : (params.payment_method_types ?? ["card"]);
  const method = methodOfCall(account, params);
  const blank = createIntent(account, {
    amount: params.amount,
    currency,
    methodTypes: types,
    automatic,
    metadata: withoutEmptyValues(params.metadata),
    more: method ? { payment_method: method.id, status: "requires_confirmation" } : {},
    ...describedAtCreation(params),
  });
  const intent = withIntentParams(account, blank, { ...params, metadata: undefined });
  account.put(intent);
  if (!params.confirm) return intent;
  return confirmIntent(account, intent, { ...params, payment_method: method?.id, payment_method_data: undefined });
}

/** Returns the fields that are set before the event `payment_intent.created`, so that the event contains them. */
function describedAtCreation(params: CreatePaymentIntentParams) {
  return {
    customer: params.customer,
    description: params.description,
    receiptEmail: params.receipt_email,
    descriptorSuffix: params.statement_descriptor_suffix,
    setupFutureUsage: params.setup_future_usage,
    captureMethod: params.capture_method,
  };
}

function methodOfCall(
  account: Account,
  params: Pick<CreatePaymentIntentParams, "payment_method" | "payment_method_data">,
) {
  if (params.payment_method_data)
    return createMethodFromData(account, params.payment_method_data, "payment_method_data");
  return params.payment_method ? findOrCreateMethod(account, params.payment_method, "payment_method") : null;
}

const CHANGEABLE = ["requires_payment_method", "requires_confirmation", "requires_action"];

function update(account: Account, params: ParsedParams<typeof INTENT_UPDATE_PARAMS>, id: string): Stripe.PaymentIntent {
  const before = requireObject(account, "payment_intent", { id, noun: "payment_intent" });
  refuseMethodTypesParam(account, params.payment_method_types);
  for (const name of ["amount", "currency", "customer", "payment_method", "payment_method_data"] as const)
    if (params[name] !== undefined && !CHANGEABLE.includes(before.status)) throw notChangeable(before, name);
  const amount = params.amount ?? before.amount;
  const currency = params.currency?.toLowerCase() ?? before.currency;
  if (amount !== before.amount || currency !== before.currency) checkChargeAmount({ amount, currency });
  const types = currency === before.currency ? before.payment_method_types : paymentMethodTypesFor(currency);
  const after = withIntentParams(account, { ...before, amount, currency, payment_method_types: types }, params);
  const method = methodOfCall(account, params);
  const changed: Stripe.PaymentIntent = method
    ? { ...after, payment_method: method.id, status: "requires_confirmation", next_action: null }
    : after;
  account.put(changed);
  return changed;
}

function notChangeable(intent: Stripe.PaymentIntent, name: string) {
  const message = `This PaymentIntent's ${name} could not be updated because it has a status of ${intent.status}. You may only update the ${name} of a PaymentIntent with one of the following statuses: ${CHANGEABLE.join(", ")}.`;
  return unexpectedStateError(intent, message);
}

const CANCEL = { cancellation_reason: oneOf("abandoned", "duplicate", "fraudulent", "requested_by_customer") };
const CANCELABLE = [...CHANGEABLE, "requires_capture"];

function cancel(account: Account, params: ParsedParams<typeof CANCEL>, id: string): Stripe.PaymentIntent {
  const intent = requireObject(account, "payment_intent", { id, noun: "payment_intent" });
  if (!CANCELABLE.includes(intent.status))
    throw unexpectedStateError(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CANCELABLE.join(", ")}.`,
    );
  const [session] = account.list("checkout.session", { where: { payment_intent: id }, limit: 1 });
  if (session?.status === "open")
    throw invalidRequest(
      "You cannot cancel a PaymentIntent that belongs to an open Checkout Session: expire the session.",
    );
  return cancelIntent(account, intent, params.cancellation_reason ?? null);
}

const CAPTURE = {
  amount_to_capture: integer({ min: 1 }),
  final_capture: boolean(),
  metadata: METADATA_PARAM,
  statement_descriptor: text({ max: 22 }),
  statement_descriptor_suffix: text({ max: 22 }),
  amount_details: unsupportedParam(),
  application_fee_amount: unsupportedParam(),
  hooks: unsupportedParam(),
  payment_details: unsupportedParam(),
  transfer_data: unsupportedParam(),
};

function capture(account: Account, params: ParsedParams<typeof CAPTURE>, id: string): Stripe.PaymentIntent {
  const before = requireObject(account, "payment_intent", { id, noun: "payment_intent" });
  if (before.status !== "requires_capture")
    throw unexpectedStateError(
      before,
      `This PaymentIntent could not be captured because it has a status of ${before.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    );
  requireValidStatementDescriptors(params);
  if (params.final_capture === false) throw unsupportedError("more than one capture of a payment");
  const metadata = params.metadata ? mergeMetadata(before.metadata, params.metadata) : undefined;
  const held = account.get("charge", idOf(before.latest_charge));
  captureCharge(account, held, {
    amount: params.amount_to_capture,
    param: "amount_to_capture",
    metadata,
    descriptors: params,
  });
  return account.get("payment_intent", id);
}

export const paymentIntentRoutes: Route[] = [
  route("POST /v1/payment_intents", INTENT_CREATE_PARAMS, create),
  route("POST /v1/payment_intents/:id", INTENT_UPDATE_PARAMS, update),
  route("POST /v1/payment_intents/:id/confirm", INTENT_CONFIRM_PARAMS, (account, params, id) =>
    confirmIntent(account, requireObject(account, "payment_intent", { id, noun: "payment_intent" }), params),
  ),
  route("POST /v1/payment_intents/:id/capture", CAPTURE, capture),
  route("POST /v1/payment_intents/:id/cancel", CANCEL, cancel),
  route("GET /v1/payment_intents/:id", { client_secret: text() }, (account, params, id) =>
    checkIntentSecret(requireObject(account, "payment_intent", { id, noun: "payment_intent" }), params.client_secret),
  ),
  listRoute("payment_intent", "/v1/payment_intents", {
    shape: { customer: text(), customer_account: unsupportedParam() },
    where: ({ customer }) => ({ customer }),
  }),
];
