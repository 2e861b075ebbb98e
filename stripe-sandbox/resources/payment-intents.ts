// Payment intents: Checkout makes them when the giver first tries to pay; the API can make and confirm them too.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalid, StripeError } from "../http/errors";
import type { Read } from "../http/params";
import { email, flag, integer, list, object, oneOf, required, text, unbuilt, url } from "../http/params";
import { found, listRoute, META, mergeMetadata, type Route, retrieveRoute, route, withoutEmpty } from "../http/route";
import { formatSum, tooSmall } from "../money";
import { attemptPayment } from "../stories/attempt-payment";
import { settleCharge } from "./charges";
import { methodFrom } from "./payment-methods";
import { checkPriceData } from "./price-object";

export interface NewIntent {
  amount: number;
  currency: string;
  customer?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  receiptEmail?: string | null;
  descriptorSuffix?: string | null;
  setupFutureUsage?: "on_session" | "off_session" | null;
}

export function createIntent(account: Account, given: NewIntent): Stripe.PaymentIntent {
  const id = account.newId("pi_");
  const intent: Stripe.PaymentIntent = {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: given.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: { enabled: true, allow_redirects: "always" },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${account.newId("")}`,
    confirmation_method: "automatic",
    created: account.now(),
    currency: given.currency,
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: account.livemode,
    managed_payments: null,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: CARD_OPTIONS },
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: given.receiptEmail ?? null,
    review: null,
    setup_future_usage: given.setupFutureUsage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: given.descriptorSuffix ?? null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
  };
  account.put(intent);
  account.emit("payment_intent.created", intent);
  return intent;
}

const CARD_OPTIONS: Stripe.PaymentIntent.PaymentMethodOptions.Card = {
  installments: null,
  mandate_options: null,
  network: null,
  request_three_d_secure: "automatic",
};

function confirm(account: Account, intent: Stripe.PaymentIntent, methodId: string | null, returnUrl?: string | null) {
  if (!methodId)
    throw unexpectedState(intent, "You cannot confirm this PaymentIntent because it's missing a payment method.");
  if (!["requires_payment_method", "requires_confirmation"].includes(intent.status))
    throw unexpectedState(intent, `This PaymentIntent's status is ${intent.status}, so it cannot be confirmed.`);
  const method = methodFrom(account, methodId, "payment_method");
  const result = attemptPayment(account, { intent, method, onSession: true, returnUrl: returnUrl ?? undefined });
  if (result.kind === "paid") settleCharge(account, result.charge);
  if (result.kind !== "declined") return result.intent;
  const { code, declineCode, message } = result.decline;
  const more = {
    decline_code: declineCode,
    charge: result.charge?.id,
    payment_intent: result.intent,
    payment_method: method,
  };
  throw new StripeError({ status: 402, type: "card_error", code, message, more, keepsState: true });
}

function unexpectedState(intent: Stripe.PaymentIntent, message: string): StripeError {
  const code = "payment_intent_unexpected_state";
  return new StripeError({ status: 400, code, message, more: { payment_intent: intent } });
}

const COMMON = {
  description: text(),
  metadata: META,
  receipt_email: email(),
  payment_method: text(),
  customer: text(),
  setup_future_usage: oneOf("on_session", "off_session"),
};

const CREATE = {
  ...COMMON,
  amount: required(integer({ min: 0 })),
  currency: required(text({ max: 3 })),
  automatic_payment_methods: object({ enabled: flag(), allow_redirects: oneOf("always", "never") }),
  payment_method_types: list(required(text())),
  capture_method: oneOf("automatic", "automatic_async"),
  confirm: flag(),
  confirmation_method: oneOf("automatic"),
  off_session: flag(),
  return_url: url(),
  payment_method_data: unbuilt(),
  shipping: unbuilt(),
  transfer_data: unbuilt(),
};

function create(account: Account, params: Read<typeof CREATE>): Stripe.PaymentIntent {
  refuseMethodTypes(account, params.payment_method_types);
  const currency = params.currency.toLowerCase();
  checkPriceData({ currency, unit_amount: params.amount }, "");
  const least = tooSmall({ amount: params.amount, currency });
  if (least)
    throw invalid(`Amount must be at least ${formatSum(least)} ${least.currency}`, {
      code: "amount_too_small",
      param: "amount",
    });
  if (params.customer) found(account, "customer", params.customer, "customer", "customer");
  const intent = createIntent(account, {
    amount: params.amount,
    currency,
    customer: params.customer,
    description: params.description,
    metadata: withoutEmpty(params.metadata),
    receiptEmail: params.receipt_email,
    setupFutureUsage: params.setup_future_usage,
  });
  return params.confirm ? confirm(account, intent, params.payment_method ?? null, params.return_url) : intent;
}

/** A caller of an older version may still name the methods; since 2026-09-30.endive the parameter is gone. */
export function refuseMethodTypes(account: Account, given: string[] | undefined): void {
  if (!given || account.apiVersion < "2026-09-30") return;
  const param = "payment_method_types";
  const message = `Received unknown parameter: ${param}. Since API version 2026-09-30.endive, use dynamic payment methods or \`excluded_payment_method_types\` instead.`;
  throw invalid(message, { code: "parameter_unknown", param });
}

export const paymentIntentRoutes: Route[] = [
  route("POST /v1/payment_intents", CREATE, create),
  route("POST /v1/payment_intents/:id", COMMON, (account, params, id) => {
    const before = found(account, "payment_intent", id, "payment_intent");
    const description = params.description === undefined ? before.description : params.description;
    const receiptEmail = params.receipt_email === undefined ? before.receipt_email : params.receipt_email;
    const metadata = mergeMetadata(before.metadata, params.metadata);
    const after = { ...before, description, receipt_email: receiptEmail, metadata };
    account.put(after);
    return after;
  }),
  route(
    "POST /v1/payment_intents/:id/confirm",
    { payment_method: text(), return_url: url() },
    (account, params, id) => {
      const intent = found(account, "payment_intent", id, "payment_intent");
      return confirm(account, intent, params.payment_method ?? null, params.return_url);
    },
  ),
  route(
    "POST /v1/payment_intents/:id/cancel",
    { cancellation_reason: oneOf("abandoned", "duplicate", "fraudulent", "requested_by_customer") },
    (account, params, id) => {
      const intent = found(account, "payment_intent", id, "payment_intent");
      const open = ["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status);
      if (!open)
        throw unexpectedState(
          intent,
          `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
        );
      const canceled: Stripe.PaymentIntent = {
        ...intent,
        status: "canceled",
        canceled_at: account.now(),
        cancellation_reason: params.cancellation_reason ?? null,
        next_action: null,
      };
      account.put(canceled);
      account.emit("payment_intent.canceled", canceled);
      return canceled;
    },
  ),
  retrieveRoute("payment_intent", "/v1/payment_intents", "payment_intent"),
  listRoute("payment_intent", "/v1/payment_intents", { customer: text() }, ({ customer }) => ({ customer })),
];
