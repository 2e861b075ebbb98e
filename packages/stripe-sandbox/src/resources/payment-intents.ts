import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, SimulatedStripeError } from "../http/errors";

export type NewIntent = {
  amount: number;
  currency: string;
  customer?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  receiptEmail?: string | null;
  descriptorSuffix?: string | null;
  setupFutureUsage?: "on_session" | "off_session" | null;
  captureMethod?: "automatic" | "automatic_async" | "manual" | null;
  /** The types of payment methods. By default all types that are possible in the currency. */
  methodTypes?: string[] | null;
  /**
   * Set if the call leaves the choice of payment methods to the settings in Stripe's Dashboard. Null if the call lists
   * the payment methods, or uses an older API version. If `automatic` is missing, as for an invoice, null is used.
   */
  automatic?: AutomaticMethods | null;
  more?: Partial<Stripe.PaymentIntent>;
};

export function createIntent(account: Account, input: NewIntent): Stripe.PaymentIntent {
  const id = account.newId("pi_");
  const intent: Stripe.PaymentIntent = {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: input.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: input.automatic ?? null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: input.captureMethod ?? "automatic_async",
    client_secret: `${id}_secret_${account.newId("")}`,
    confirmation_method: "automatic",
    created: account.now(),
    currency: input.currency,
    customer: input.customer ?? null,
    customer_account: null,
    description: input.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: account.livemode,
    managed_payments: null,
    metadata: input.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: DEFAULT_CARD_OPTIONS },
    payment_method_types: input.methodTypes ?? paymentMethodTypesFor(input.currency),
    payment_record: null,
    processing: null,
    receipt_email: input.receiptEmail ?? null,
    review: null,
    setup_future_usage: input.setupFutureUsage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: input.descriptorSuffix ?? null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
    ...input.more,
  };
  account.put(intent);
  account.emit("payment_intent.created", intent);
  return intent;
}

export function paymentMethodTypesFor(currency: string): string[] {
  return currency === "eur" ? ["card", "sepa_debit"] : ["card"];
}

export const DEFAULT_CARD_OPTIONS: Stripe.PaymentIntent.PaymentMethodOptions.Card = {
  installments: null,
  mandate_options: null,
  network: null,
  request_three_d_secure: "automatic",
};

type Options = Stripe.PaymentIntent.PaymentMethodOptions;

type MethodOptionParams = {
  card?: {
    request_three_d_secure?: Stripe.PaymentIntent.PaymentMethodOptions.Card["request_three_d_secure"];
    setup_future_usage?: Stripe.PaymentIntent.PaymentMethodOptions.Card["setup_future_usage"] | null;
  } | null;
  sepa_debit?: {
    setup_future_usage?: Stripe.PaymentIntent.PaymentMethodOptions.SepaDebit["setup_future_usage"] | null;
    target_date?: string | null;
  } | null;
};

/** Merges new options into the former ones. Ignores options of payment methods that the intent does not offer. */
export function mergeIntentMethodOptions(
  types: string[],
  before: Options | null,
  requested: MethodOptionParams,
): Options {
  const { card, sepa_debit: sepa } = requested;
  const options = { ...before };
  if (types.includes("card"))
    options.card = {
      ...DEFAULT_CARD_OPTIONS,
      ...options.card,
      ...(card?.request_three_d_secure ? { request_three_d_secure: card.request_three_d_secure } : {}),
      ...(card?.setup_future_usage ? { setup_future_usage: card.setup_future_usage } : {}),
    };
  if (types.includes("sepa_debit"))
    options.sepa_debit = {
      ...options.sepa_debit,
      ...(sepa?.setup_future_usage ? { setup_future_usage: sepa.setup_future_usage } : {}),
      ...(sepa?.target_date ? { target_date: sepa.target_date } : {}),
    };
  return options;
}

type Used = Pick<Stripe.PaymentIntent, "payment_method_options" | "setup_future_usage">;

export function setupFutureUsageOf({ payment_method_options: options, setup_future_usage: usual }: Used, type: string) {
  const own = (type === "sepa_debit" ? options?.sepa_debit : options?.card)?.setup_future_usage ?? usual;
  return own === "none" ? null : own;
}

export function requestsAuthentication(options: { card?: { request_three_d_secure?: string | null } } | null): boolean {
  const { request_three_d_secure: requested } = options?.card ?? {};
  return requested === "any" || requested === "challenge";
}

export function unexpectedStateError(intent: Stripe.PaymentIntent, message: string): SimulatedStripeError {
  const code = "payment_intent_unexpected_state";
  return new SimulatedStripeError({ status: 400, code, message, more: { payment_intent: intent } });
}

type Redirecting = {
  return_url?: string | null;
  use_stripe_sdk?: boolean | null;
  confirmation_token?: unknown;
};

/**
 * Throws if `return_url` is missing although Stripe requires it. Stripe requires it if the Dashboard decides which
 * payment methods are offered, because some of them redirect the payer. Stripe does not require it if the caller rules
 * out redirects, or uses stripe.js.
 */
export function requireReturnUrlForRedirects(
  intent: Stripe.PaymentIntent | Stripe.SetupIntent,
  input: Redirecting,
): void {
  const { enabled, allow_redirects: redirects } = intent.automatic_payment_methods ?? {};
  if (!enabled || redirects === "never" || input.return_url || input.use_stripe_sdk) return;
  const noun = intent.object === "payment_intent" ? "PaymentIntent" : "SetupIntent";
  const message = `This ${noun} is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a \`return_url\`. If you don't want to accept redirect-based payment methods, set \`automatic_payment_methods[enabled]\` to \`true\` and \`automatic_payment_methods[allow_redirects]\` to \`never\` when creating Setup Intents and Payment Intents.`;
  throw invalidRequest(message, { param: "return_url" });
}

const AUTOMATIC_SINCE = "2023-08-16";

/**
 * Returns the intent's `automatic_payment_methods`. Since API version 2023-08-16, the settings in the Dashboard decide
 * which payment methods are offered if a call names none.
 */
export function automaticPaymentMethodsFor(
  { apiVersion }: Account,
  input: { automatic_payment_methods?: AutomaticMethodParams | null; payment_method_types?: string[] | null },
): AutomaticMethods | null {
  const requested = input.automatic_payment_methods;
  const isAutomatic = requested?.enabled ?? (!input.payment_method_types && apiVersion >= AUTOMATIC_SINCE);
  return isAutomatic ? { enabled: true, allow_redirects: requested?.allow_redirects ?? "always" } : null;
}

type AutomaticMethods = Stripe.PaymentIntent.AutomaticPaymentMethods;
type AutomaticMethodParams = {
  enabled: boolean;
  allow_redirects?: "always" | "never" | null;
};

/**
 * Throws if the call sends `payment_method_types` and its API version has no such parameter: Stripe removed it in
 * 2026-09-30.endive.
 */
export function refuseMethodTypesParam(account: Account, input: string[] | undefined): void {
  if (!input || account.apiVersion < "2026-09-30") return;
  const param = "payment_method_types";
  const message = `Received unknown parameter: ${param}. Since API version 2026-09-30.endive, use dynamic payment methods or \`excluded_payment_method_types\` instead.`;
  throw invalidRequest(message, { code: "parameter_unknown", param });
}

export function checkIntentSecret<T extends Stripe.PaymentIntent | Stripe.SetupIntent>(
  intent: T,
  secret?: string | null,
): T {
  if (!secret || secret === intent.client_secret) return intent;
  const noun = intent.object === "payment_intent" ? "PaymentIntent" : "SetupIntent";
  const message = `The client_secret provided does not match the client_secret associated with the ${noun}.`;
  throw invalidRequest(message, { code: `${intent.object}_invalid_parameter`, param: "client_secret" });
}
