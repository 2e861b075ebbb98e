import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, SimulatedStripeError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import {
  boolean,
  declareUnsupportedParams,
  list,
  object,
  oneOf,
  requiredParam,
  text,
  unsupportedParam,
  url,
} from "../http/params";
import { listRoute, type Route, requireObject, route } from "../http/route";
import { idOf } from "../objects";
import { attemptSetup } from "../payment-flows/attempt-setup";
import { challengeUrlOf } from "../payment-flows/challenge";
import { errorOfDecline } from "../payment-flows/fail-intent";
import { accountOnTestClock } from "../resources/account-at-test-clock";
import { MANDATE_DATA_PARAM } from "../resources/mandates";
import {
  automaticPaymentMethodsFor,
  checkIntentSecret,
  refuseMethodTypesParam,
  requireReturnUrlForRedirects,
} from "../resources/payment-intents";
import { createMethodFromData, PAYMENT_METHOD_DATA_PARAM } from "../resources/payment-method-routes";
import { findOrCreateMethod } from "../resources/payment-methods";
import { createSetupIntent, METHOD_TYPES_AND_OPTIONS_PARAMS, withAcceptedMethods } from "../resources/setup-intents";

const CONFIRM = {
  mandate_data: MANDATE_DATA_PARAM,
  payment_method: text(),
  payment_method_data: PAYMENT_METHOD_DATA_PARAM,
  payment_method_options: METHOD_TYPES_AND_OPTIONS_PARAMS.payment_method_options,
  allowed_payment_method_types: METHOD_TYPES_AND_OPTIONS_PARAMS.allowed_payment_method_types,
  return_url: url(),
  use_stripe_sdk: boolean(),
  confirmation_token: unsupportedParam(),
};

const UPDATE = {
  customer: text(),
  description: text(),
  metadata: METADATA_PARAM,
  payment_method: text(),
  payment_method_data: PAYMENT_METHOD_DATA_PARAM,
  ...METHOD_TYPES_AND_OPTIONS_PARAMS,
  payment_method_types: list(requiredParam(text())),
  ...declareUnsupportedParams("attach_to_self customer_account flow_directions payment_method_configuration"),
};

const CREATE = {
  ...CONFIRM,
  ...UPDATE,
  automatic_payment_methods: object({ enabled: requiredParam(boolean()), allow_redirects: oneOf("always", "never") }),
  confirm: boolean(),
  usage: oneOf("off_session", "on_session"),
  on_behalf_of: unsupportedParam(),
  single_use: unsupportedParam(),
};

function create(caller: Account, params: ParsedParams<typeof CREATE>): Stripe.SetupIntent {
  refuseMethodTypesParam(caller, params.payment_method_types);
  const customer = params.customer
    ? requireObject(caller, "customer", { id: params.customer, noun: "customer", param: "customer" })
    : null;
  const account = customer ? accountOnTestClock(caller, customer) : caller;
  const method = methodOfCall(account, params);
  const automatic = automaticPaymentMethodsFor(caller, params);
  const intent = createSetupIntent(account, {
    customer: params.customer,
    description: params.description,
    metadata: withoutEmptyValues(params.metadata),
    usage: params.usage,
    methodTypes: params.payment_method_types ?? (automatic ? undefined : ["card"]),
    automatic,
    method: method?.id,
    accepted: params,
  });
  return params.confirm
    ? confirm(account, intent, { ...params, payment_method_data: undefined, payment_method: method?.id })
    : intent;
}

type MethodParams = Pick<ParsedParams<typeof CONFIRM>, "payment_method" | "payment_method_data">;

function methodOfCall(account: Account, params: MethodParams): Stripe.PaymentMethod | null {
  if (params.payment_method_data)
    return createMethodFromData(account, params.payment_method_data, "payment_method_data");
  return params.payment_method ? findOrCreateMethod(account, params.payment_method, "payment_method") : null;
}

const OPEN = ["requires_payment_method", "requires_confirmation", "requires_action"];

type Confirm = ParsedParams<typeof CONFIRM> & { automatic_payment_methods?: unknown };

/**
 * Confirms the intent. Checks return_url only if the call has a version header or `automatic_payment_methods`. Stripe's
 * command line sends neither of them, and must be able to confirm without a return_url.
 */
function confirm(account: Account, before: Stripe.SetupIntent, params: Confirm): Stripe.SetupIntent {
  if (!OPEN.includes(before.status)) throw unexpectedState(before, "confirm");
  const intent = withAcceptedMethods(before, params);
  if (account.sentVersionHeader || params.automatic_payment_methods) requireReturnUrlForRedirects(intent, params);
  const id = idOf(intent.payment_method);
  const method = methodOfCall(account, params) ?? (id ? account.get("payment_method", id) : null);
  if (!method)
    throw invalidRequest("You cannot confirm this SetupIntent because it's missing a payment method.", {
      code: "setup_intent_unexpected_state",
    });
  if (!intent.payment_method_types.includes(method.type))
    throw invalidRequest(`The PaymentMethod provided (${method.type}) is not allowed for this SetupIntent.`, {
      param: "payment_method",
    });
  const result = attemptSetup(account, {
    intent,
    method,
    challengeUrl: challengeUrlOf(account, intent),
    returnUrl: params.return_url ?? undefined,
    mandateData: params.mandate_data,
  });
  if (result.kind !== "declined") return result.intent;
  const { type: _, code, message, doc_url: __, ...codes } = errorOfDecline(result.decline, true);
  const more = { ...codes, setup_intent: result.intent, payment_method: method };
  throw new SimulatedStripeError({ status: 402, type: "card_error", code, message, more, keepsState: true });
}

function unexpectedState(intent: Stripe.SetupIntent, verb: string): SimulatedStripeError {
  const message = `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}. You can ${verb} only a SetupIntent with one of the following statuses: ${OPEN.join(", ")}.`;
  return new SimulatedStripeError({
    status: 400,
    code: "setup_intent_unexpected_state",
    message,
    more: { setup_intent: intent },
  });
}

function update(account: Account, params: ParsedParams<typeof UPDATE>, id: string): Stripe.SetupIntent {
  const before = requireObject(account, "setup_intent", { id, noun: "setupintent" });
  if (!OPEN.includes(before.status) && params.metadata === undefined) throw unexpectedState(before, "update");
  refuseMethodTypesParam(account, params.payment_method_types);
  if (params.customer) requireObject(account, "customer", { id: params.customer, noun: "customer", param: "customer" });
  const method = methodOfCall(account, params);
  const types = params.payment_method_types ?? before.payment_method_types;
  const after: Stripe.SetupIntent = {
    ...withAcceptedMethods({ ...before, payment_method_types: types }, params),
    customer: params.customer ?? before.customer,
    description: params.description === undefined ? before.description : params.description,
    metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
    ...(method ? { payment_method: method.id, status: "requires_confirmation" } : {}),
  };
  account.put(after);
  return after;
}

const CANCEL = { cancellation_reason: oneOf("abandoned", "requested_by_customer", "duplicate") };

function cancel(account: Account, params: ParsedParams<typeof CANCEL>, id: string): Stripe.SetupIntent {
  const before = requireObject(account, "setup_intent", { id, noun: "setupintent" });
  if (!OPEN.includes(before.status)) throw unexpectedState(before, "cancel");
  const cancellation_reason = params.cancellation_reason ?? null;
  const canceled: Stripe.SetupIntent = { ...before, cancellation_reason, next_action: null, status: "canceled" };
  account.put(canceled);
  account.emit("setup_intent.canceled", canceled);
  return canceled;
}

const LISTED = {
  customer: text(),
  payment_method: text(),
  ...declareUnsupportedParams("attach_to_self customer_account"),
};

export const setupIntentRoutes: Route[] = [
  route("POST /v1/setup_intents", CREATE, create),
  route("POST /v1/setup_intents/:id", UPDATE, update),
  route("POST /v1/setup_intents/:id/confirm", CONFIRM, (account, params, id) =>
    confirm(account, requireObject(account, "setup_intent", { id, noun: "setupintent" }), params),
  ),
  route("POST /v1/setup_intents/:id/cancel", CANCEL, cancel),
  route("GET /v1/setup_intents/:id", { client_secret: text() }, (account, params, id) =>
    checkIntentSecret(requireObject(account, "setup_intent", { id, noun: "setupintent" }), params.client_secret),
  ),
  listRoute("setup_intent", "/v1/setup_intents", {
    shape: LISTED,
    where: (params) => ({
      customer: params.customer,
      "$.payment_method": params.payment_method,
    }),
  }),
];
