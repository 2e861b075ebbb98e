import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import {
  declareUnsupportedParams,
  list,
  object,
  oneOf,
  type ParsedParams,
  requiredParam,
  text,
  unsupportedParam,
} from "../http/params";
import { UNSUPPORTED_PAYMENT_METHOD_PARAMS } from "./unsupported-method-params";

const METHOD_OPTIONS = object({
  card: object({
    request_three_d_secure: oneOf("any", "automatic", "challenge"),
    ...declareUnsupportedParams("mandate_options moto network setup_credential_usage three_d_secure"),
  }),
  sepa_debit: unsupportedParam(),
  ...UNSUPPORTED_PAYMENT_METHOD_PARAMS,
});

export type NewSetupIntent = {
  customer?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  usage?: "off_session" | "on_session" | null;
  /** The types of payment methods; cards and SEPA debits by default. */
  methodTypes?: string[] | null;
  /**
   * Set if the caller leaves the choice of payment methods to the settings in Stripe's Dashboard. Null if the caller
   * lists them.
   */
  automatic?: Stripe.SetupIntent.AutomaticPaymentMethods | null;
  method?: string | null;
  options?: MethodOptionParams | null;
  accepted?: AcceptedMethods;
};

type CardOptions = Stripe.SetupIntent.PaymentMethodOptions.Card;

type MethodOptionParams = {
  card?: { request_three_d_secure?: CardOptions["request_three_d_secure"] } | null;
};

function cardOptions(requested: MethodOptionParams | null | undefined): CardOptions {
  const request_three_d_secure = requested?.card?.request_three_d_secure ?? "automatic";
  return { mandate_options: null, network: null, request_three_d_secure };
}

export const METHOD_TYPES_AND_OPTIONS_PARAMS = {
  payment_method_options: METHOD_OPTIONS,
  allowed_payment_method_types: list(requiredParam(text())),
  excluded_payment_method_types: list(requiredParam(text())),
};
type AcceptedMethods = Partial<ParsedParams<typeof METHOD_TYPES_AND_OPTIONS_PARAMS>>;

export function createSetupIntent(account: Account, input: NewSetupIntent): Stripe.SetupIntent {
  const id = account.newId("seti_");
  const blank: Stripe.SetupIntent = {
    id,
    object: "setup_intent",
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: input.automatic ?? null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${account.newId("")}`,
    created: account.now(),
    customer: input.customer ?? null,
    customer_account: null,
    description: input.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: account.livemode,
    managed_payments: null,
    mandate: null,
    metadata: input.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: input.method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: { card: cardOptions(input.options) },
    payment_method_types: input.methodTypes ?? ["card", "sepa_debit"],
    single_use_mandate: null,
    status: input.method ? "requires_confirmation" : "requires_payment_method",
    usage: input.usage ?? "off_session",
  };
  const intent = withAcceptedMethods(blank, input.accepted ?? {});
  account.put(intent);
  account.emit("setup_intent.created", intent);
  return intent;
}

export function withAcceptedMethods(intent: Stripe.SetupIntent, requested: AcceptedMethods): Stripe.SetupIntent {
  const allowed = requested.allowed_payment_method_types ?? intent.allowed_payment_method_types;
  const excluded = requested.excluded_payment_method_types ?? intent.excluded_payment_method_types;
  const types = intent.payment_method_types.filter(
    (type) => !excluded?.some((each) => each === type) && (!allowed || allowed.some((each) => each === type)),
  );
  if (types.length === 0)
    throw invalidRequest("No valid payment method types for this SetupIntent.", {
      param: "excluded_payment_method_types",
    });
  const options = requested.payment_method_options;
  return {
    ...intent,
    allowed_payment_method_types: allowed,
    excluded_payment_method_types: excluded,
    payment_method_options: options?.card ? { card: cardOptions(options) } : intent.payment_method_options,
    payment_method_types: types,
  };
}
