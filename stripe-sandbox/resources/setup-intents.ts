// Setup intents: a payment method is set up for later, and nothing is charged.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalid, StripeError } from "../http/errors";
import type { Read } from "../http/params";
import { flag, list, object, oneOf, required, text, unbuilt, url } from "../http/params";
import { found, listRoute, META, mergeMetadata, type Route, retrieveRoute, route, withoutEmpty } from "../http/route";
import { idOf } from "../objects";
import { attemptSetup } from "../stories/attempt-setup";
import { challengeUrlOf } from "../stories/challenge";
import { errorOf } from "../stories/fail-intent";
import { onClockOf } from "../stories/test-clock";
import { MANDATE_DATA } from "./mandates";
import { refuseMethodTypes } from "./payment-intents";
import { METHOD_DATA, methodFromData } from "./payment-method-routes";
import { methodFrom } from "./payment-methods";

export interface NewSetupIntent {
  customer?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  usage?: "off_session" | "on_session" | null;
  /** Cards and SEPA debits, if not said. */
  methodTypes?: string[] | null;
  method?: string | null;
  options?: AskedOptions | null;
}

type CardOptions = Stripe.SetupIntent.PaymentMethodOptions.Card;

interface AskedOptions {
  card?: { request_three_d_secure?: CardOptions["request_three_d_secure"] } | null;
}

function cardOptions(asked: AskedOptions | null | undefined): CardOptions {
  const request_three_d_secure = asked?.card?.request_three_d_secure ?? "automatic";
  return { mandate_options: null, network: null, request_three_d_secure };
}

export function createSetupIntent(account: Account, given: NewSetupIntent): Stripe.SetupIntent {
  const id = account.newId("seti_");
  const intent: Stripe.SetupIntent = {
    id,
    object: "setup_intent",
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: given.methodTypes ? null : { enabled: true, allow_redirects: "always" },
    cancellation_reason: null,
    client_secret: `${id}_secret_${account.newId("")}`,
    created: account.now(),
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: account.livemode,
    managed_payments: null,
    mandate: null,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: given.method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: { card: cardOptions(given.options) },
    payment_method_types: given.methodTypes ?? ["card", "sepa_debit"],
    single_use_mandate: null,
    status: given.method ? "requires_confirmation" : "requires_payment_method",
    usage: given.usage ?? "off_session",
  };
  account.put(intent);
  account.emit("setup_intent.created", intent);
  return intent;
}

const CONFIRM = {
  mandate_data: MANDATE_DATA,
  payment_method: text(),
  payment_method_data: METHOD_DATA,
  payment_method_options: object({ card: object({ request_three_d_secure: oneOf("any", "automatic", "challenge") }) }),
  return_url: url(),
  use_stripe_sdk: flag(),
  confirmation_token: unbuilt(),
};

const UPDATE = {
  customer: text(),
  description: text(),
  metadata: META,
  payment_method: text(),
  payment_method_data: METHOD_DATA,
  payment_method_types: list(required(text())),
  attach_to_self: unbuilt(),
  flow_directions: unbuilt(),
};

const CREATE = {
  ...CONFIRM,
  ...UPDATE,
  automatic_payment_methods: object({ enabled: required(flag()), allow_redirects: oneOf("always", "never") }),
  confirm: flag(),
  usage: oneOf("off_session", "on_session"),
  on_behalf_of: unbuilt(),
  single_use: unbuilt(),
};

function create(given: Account, params: Read<typeof CREATE>): Stripe.SetupIntent {
  refuseMethodTypes(given, params.payment_method_types);
  const customer = params.customer ? found(given, "customer", params.customer, "customer", "customer") : null;
  const account = customer ? onClockOf(given, customer) : given;
  const method = methodGiven(account, params);
  const intent = createSetupIntent(account, {
    customer: params.customer,
    description: params.description,
    metadata: withoutEmpty(params.metadata),
    usage: params.usage,
    methodTypes: params.payment_method_types,
    method: method?.id,
    options: params.payment_method_options,
  });
  return params.confirm
    ? confirm(account, intent, { ...params, payment_method_data: undefined, payment_method: method?.id })
    : intent;
}

type MethodParams = Pick<Read<typeof CONFIRM>, "payment_method" | "payment_method_data">;

function methodGiven(account: Account, params: MethodParams): Stripe.PaymentMethod | null {
  if (params.payment_method_data) return methodFromData(account, params.payment_method_data, "payment_method_data");
  return params.payment_method ? methodFrom(account, params.payment_method, "payment_method") : null;
}

const OPEN = ["requires_payment_method", "requires_confirmation", "requires_action"];

function confirm(account: Account, before: Stripe.SetupIntent, params: Read<typeof CONFIRM>): Stripe.SetupIntent {
  if (!OPEN.includes(before.status)) throw unexpectedState(before, "confirm");
  const options = params.payment_method_options;
  const intent = options?.card ? { ...before, payment_method_options: { card: cardOptions(options) } } : before;
  const id = idOf(intent.payment_method);
  const method = methodGiven(account, params) ?? (id ? account.get("payment_method", id) : null);
  if (!method)
    throw invalid("You cannot confirm this SetupIntent because it's missing a payment method.", {
      code: "setup_intent_unexpected_state",
    });
  if (!intent.payment_method_types.includes(method.type))
    throw invalid(`The PaymentMethod provided (${method.type}) is not allowed for this SetupIntent.`, {
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
  const { type: _, code, message, doc_url: __, ...codes } = errorOf(result.decline, true);
  const more = { ...codes, setup_intent: result.intent, payment_method: method };
  throw new StripeError({ status: 402, type: "card_error", code, message, more, keepsState: true });
}

function unexpectedState(intent: Stripe.SetupIntent, verb: string): StripeError {
  const message = `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}. Only a SetupIntent with one of the following statuses may be changed so: ${OPEN.join(", ")}.`;
  return new StripeError({
    status: 400,
    code: "setup_intent_unexpected_state",
    message,
    more: { setup_intent: intent },
  });
}

function update(account: Account, params: Read<typeof UPDATE>, id: string): Stripe.SetupIntent {
  const before = found(account, "setup_intent", id, "setupintent");
  if (!OPEN.includes(before.status) && params.metadata === undefined) throw unexpectedState(before, "update");
  refuseMethodTypes(account, params.payment_method_types);
  if (params.customer) found(account, "customer", params.customer, "customer", "customer");
  const method = methodGiven(account, params);
  const after: Stripe.SetupIntent = {
    ...before,
    customer: params.customer ?? before.customer,
    description: params.description === undefined ? before.description : params.description,
    metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
    payment_method_types: params.payment_method_types ?? before.payment_method_types,
    ...(method ? { payment_method: method.id, status: "requires_confirmation" } : {}),
  };
  account.put(after);
  return after;
}

const CANCEL = { cancellation_reason: oneOf("abandoned", "requested_by_customer", "duplicate") };

function cancel(account: Account, params: Read<typeof CANCEL>, id: string): Stripe.SetupIntent {
  const before = found(account, "setup_intent", id, "setupintent");
  if (!OPEN.includes(before.status)) throw unexpectedState(before, "cancel");
  const cancellation_reason = params.cancellation_reason ?? null;
  const canceled: Stripe.SetupIntent = { ...before, cancellation_reason, next_action: null, status: "canceled" };
  account.put(canceled);
  account.emit("setup_intent.canceled", canceled);
  return canceled;
}

export const setupIntentRoutes: Route[] = [
  route("POST /v1/setup_intents", CREATE, create),
  route("POST /v1/setup_intents/:id", UPDATE, update),
  route("POST /v1/setup_intents/:id/confirm", CONFIRM, (account, params, id) =>
    confirm(account, found(account, "setup_intent", id, "setupintent"), params),
  ),
  route("POST /v1/setup_intents/:id/cancel", CANCEL, cancel),
  retrieveRoute("setup_intent", "/v1/setup_intents", "setupintent"),
  listRoute("setup_intent", "/v1/setup_intents", { customer: text(), payment_method: text() }, (params) => ({
    customer: params.customer,
    "$.payment_method": params.payment_method,
  })),
];
