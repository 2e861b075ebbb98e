// Saves a payment method in Checkout without a payment. After a declined attempt the session stays open, and the next
// attempt uses the same setup intent.
import type Stripe from "stripe";
import type { Account } from "../account";
import type { CheckoutSessionInternalState } from "../internal-state";
import type { DetailsCollectedFromPayer } from "../resources/collected-details";
import { withCollectedDetails } from "../resources/save-collected-details";
import { createSetupIntent } from "../resources/setup-intents";
import { attemptSetup, failSetupAuthentication, type SetupResult } from "./attempt-setup";
import { findOrCreateCustomer, type PayerMethodAndDetails, updateExistingCustomer } from "./checkout-payer";
import type { CheckoutResult } from "./checkout-result";
import { startSubscriptionByCheckout } from "./start-subscription-by-checkout";

export function savePaymentMethodInCheckout(
  account: Account,
  session: Stripe.Checkout.Session,
  payer: PayerMethodAndDetails,
): CheckoutResult {
  const challengeUrl = `${account.baseUrl}/c/pay/${session.id}/authenticate`;
  const intent = intentFor(account, session, payer);
  const attempt = { intent, method: payer.method, challengeUrl, returnUrl: session.url ?? undefined };
  return conclude(account, session, { result: attemptSetup(account, attempt), payer });
}

export function answerSetupChallenge(
  account: Account,
  session: Stripe.Checkout.Session,
  { payer, passed }: { payer: PayerMethodAndDetails; passed: boolean },
): CheckoutResult {
  const attempt = { intent: intentFor(account, session, payer), method: payer.method, authenticated: true };
  const result = passed ? attemptSetup(account, attempt) : failSetupAuthentication(account, attempt);
  return conclude(account, session, { result, payer });
}

function intentFor(
  account: Account,
  session: Stripe.Checkout.Session,
  payer: PayerMethodAndDetails,
): Stripe.SetupIntent {
  const internalState = account.internalState<"checkout.session">(session.id);
  const { mode, customer_creation: creation, payment_method_options: options } = internalState.requested;
  const existing = internalState.setupIntent ? account.get("setup_intent", internalState.setupIntent) : null;
  const isOwned = mode === "subscription" || creation === "always";
  if (existing && (internalState.customer || !isOwned)) return existing;
  const customer = isOwned ? findOrCreateCustomer(account, internalState, payer) : internalState.customer;
  const methodTypes = session.payment_method_types;
  const created = existing ?? createSetupIntent(account, { customer, usage: "off_session", methodTypes, options });
  const intent: Stripe.SetupIntent = { ...created, customer };
  account.put(intent);
  storeState(account, session, { ...internalState, customer, setupIntent: intent.id });
  return intent;
}

function storeState(
  account: Account,
  session: Stripe.Checkout.Session,
  internalState: CheckoutSessionInternalState,
): void {
  account.putWithInternalState<"checkout.session">(session, internalState);
}

function conclude(
  account: Account,
  session: Stripe.Checkout.Session,
  { result, payer: { collected, method } }: { result: SetupResult; payer: PayerMethodAndDetails },
): CheckoutResult {
  const internalState = account.internalState<"checkout.session">(session.id);
  const tried = { ...session, setup_intent: session.mode === "setup" ? result.intent.id : null };
  const awaiting = result.kind === "challenged" ? { paymentMethod: method.id, collected } : null;
  storeState(account, tried, { ...internalState, awaiting });
  if (result.kind === "challenged") return { kind: "challenged" };
  if (result.kind === "declined") return { kind: "declined", decline: result.decline };
  return complete(account, tried, { collected, method: method.id });
}

/**
 * Completes a Checkout session without a payment method. Checkout does not ask for one if nothing is due today and
 * `payment_method_collection` is `if_required`.
 */
export function completeCheckoutWithoutMethod(
  account: Account,
  session: Stripe.Checkout.Session,
  collected: DetailsCollectedFromPayer,
): CheckoutResult {
  const internalState = account.internalState<"checkout.session">(session.id);
  storeState(account, session, {
    ...internalState,
    customer: findOrCreateCustomer(account, internalState, { collected }),
  });
  return complete(account, session, { collected, method: null });
}

function complete(
  account: Account,
  session: Stripe.Checkout.Session,
  { collected, method }: { collected: DetailsCollectedFromPayer; method: string | null },
): CheckoutResult {
  const internalState = account.internalState<"checkout.session">(session.id);
  const { customer } = internalState;
  const begins = session.mode === "subscription" && customer !== null;
  const created = begins
    ? startSubscriptionByCheckout(account, session, { customer, method, intent: null, isPaid: true })
    : {};
  updateExistingCustomer(account, internalState, collected);
  const completed: Stripe.Checkout.Session = {
    ...withCollectedDetails(session, collected),
    ...created,
    customer,
    payment_status: "no_payment_required",
    status: "complete",
    client_secret: null,
    url: null,
  };
  account.put(completed);
  const completedEvent = account.emit("checkout.session.completed", completed);
  return { kind: "paid", session: completed, completedEvent };
}
