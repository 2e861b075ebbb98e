import type Stripe from "stripe";
import type { Account } from "../account";
import { requiredParam, text } from "../http/params";
import { listRoute, type Route } from "../http/route";
import { idOf } from "../objects";

type Attempt = {
  intent: Stripe.SetupIntent;
  method: Stripe.PaymentMethod;
  authenticated?: boolean;
};

export function createSetupAttempt(
  account: Account,
  { intent, method, authenticated = false }: Attempt,
  {
    status,
    error = null,
  }: { status: "requires_action" | "succeeded" | "failed"; error?: Stripe.SetupAttempt.SetupError | null },
): Stripe.SetupAttempt {
  const attempt: Stripe.SetupAttempt = {
    id: account.newId("setatt_"),
    object: "setup_attempt",
    application: null,
    created: account.now(),
    customer: idOf(intent.customer),
    customer_account: null,
    flow_directions: null,
    livemode: account.livemode,
    on_behalf_of: null,
    payment_method: method.id,
    payment_method_details: detailsOf(method, authenticated),
    setup_error: error,
    setup_intent: intent.id,
    status,
    usage: intent.usage,
  };
  account.put(attempt);
  return attempt;
}

function detailsOf({ card }: Stripe.PaymentMethod, authenticated: boolean): Stripe.SetupAttempt.PaymentMethodDetails {
  if (!card) return { type: "sepa_debit", sepa_debit: {} };
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } = card;
  const details = { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4, network: brand };
  return { type: "card", card: { ...details, three_d_secure: authenticated ? AUTHENTICATED : null, wallet: null } };
}

const AUTHENTICATED: Stripe.SetupAttempt.PaymentMethodDetails.Card.ThreeDSecure = {
  authentication_flow: "challenge",
  electronic_commerce_indicator: "05",
  result: "authenticated",
  result_reason: null,
  transaction_id: null,
  version: "2.2.0",
};

export const setupAttemptRoutes: Route[] = [
  listRoute("setup_attempt", "/v1/setup_attempts", {
    shape: { setup_intent: requiredParam(text()) },
    where: (params) => ({
      source: params.setup_intent,
    }),
  }),
];
