// Pays a Checkout session. After a declined attempt, the next attempt uses the same payment intent. As at Stripe, a
// declined attempt does not create the subscription and its invoice.
import type Stripe from "stripe";
import type { Account } from "../account";
import { withoutEmptyValues } from "../http/metadata";
import type { CheckoutSessionInternalState } from "../internal-state";
import { idOf } from "../objects";
import type { DetailsCollectedFromPayer } from "../resources/collected-details";
import {
  createIntent,
  mergeIntentMethodOptions,
  requestsAuthentication,
  setupFutureUsageOf,
} from "../resources/payment-intents";
import { attachMethod } from "../resources/payment-methods";
import { withCollectedDetails } from "../resources/save-collected-details";
import { sumOfLines, withPayerChoices } from "../resources/session-lines";
import { shippingOf } from "../resources/shipping";
import { needsAuthentication } from "../test-cards";
import { attemptPayment, failPaymentAuthentication } from "./attempt-payment";
import {
  createPayerMethod,
  findOrCreateCustomer,
  type MethodDetails,
  type PayerMethodAndDetails,
  updateExistingCustomer,
} from "./checkout-payer";
import type { CheckoutResult } from "./checkout-result";
import type { AttemptResult } from "./payment-attempt";
import { savePaymentMethodIfIntentAsksForIt } from "./save-method";
import { answerSetupChallenge, completeCheckoutWithoutMethod, savePaymentMethodInCheckout } from "./set-up-checkout";
import { bookChargeToBalance } from "./settle-charge";
import { startSubscriptionByCheckout } from "./start-subscription-by-checkout";

export type PayCheckoutInput = {
  /** Null if the session does not ask for a payment method. */
  methodDetails: MethodDetails | null;
  collected: DetailsCollectedFromPayer;
};

/**
 * Attempts to pay the session. Leaves a session that is not open unchanged, so that a form submitted twice pays once.
 */
export function payCheckout(account: Account, sessionId: string, form: PayCheckoutInput): CheckoutResult {
  const asOpened = account.get("checkout.session", sessionId);
  if (asOpened.status !== "open") return { kind: "closed", session: asOpened };
  const { methodDetails, collected } = form;
  const session = withChosenAmounts(account, asOpened, collected);
  if (!methodDetails) return completeCheckoutWithoutMethod(account, session, collected);
  const payer = {
    collected,
    method: createPayerMethod(account, methodDetails, {
      collected,
      allowRedisplay: redisplayOf(account, session, collected),
    }),
  };
  if (takesNothingNow(session)) return savePaymentMethodInCheckout(account, session, payer);
  const isRequested = requestsAuthentication(session.payment_method_options);
  const asks =
    methodDetails.kind === "card" && needsAuthentication(methodDetails.card, { onSession: true, isRequested });
  const willPay = methodDetails.kind !== "card" || (!methodDetails.card.decline && !asks);
  const intent = prepareIntent(account, session, { payer, willPay });
  const challengeUrl = `${account.baseUrl}/c/pay/${session.id}/authenticate`;
  const attempt = { intent, method: payer.method, onSession: true, challengeUrl, returnUrl: session.url ?? undefined };
  return conclude(account, session, { result: attemptPayment(account, attempt), payer });
}

export function answerCheckoutChallenge(account: Account, sessionId: string, passed: boolean): CheckoutResult {
  const session = account.get("checkout.session", sessionId);
  const { awaiting } = account.internalState<"checkout.session">(sessionId);
  if (session.status !== "open" || !awaiting) return { kind: "closed", session };
  const payer = { collected: awaiting.collected, method: account.get("payment_method", awaiting.paymentMethod) };
  if (takesNothingNow(session)) return answerSetupChallenge(account, session, { payer, passed });
  const instrument = account.internalState<"payment_method">(payer.method.id);
  const willPay = passed && "card" in instrument && !instrument.card.decline;
  const intent = prepareIntent(account, session, { payer, willPay });
  const attempt = { intent, method: payer.method, onSession: true, authenticated: true };
  const result = passed ? attemptPayment(account, attempt) : failPaymentAuthentication(account, attempt);
  return conclude(account, session, { result, payer });
}

/**
 * Returns Stripe's `allow_redisplay` for the payment method: "always" if the payer chose to save it, otherwise the
 * session's own setting.
 */
function redisplayOf(account: Account, { id }: Stripe.Checkout.Session, { savesMethod }: DetailsCollectedFromPayer) {
  const { requested } = account.internalState<"checkout.session">(id);
  return savesMethod ? "always" : (requested.payment_method_data?.allow_redisplay ?? undefined);
}

function withChosenAmounts(account: Account, session: Stripe.Checkout.Session, collected: DetailsCollectedFromPayer) {
  if (session.mode === "setup") return session;
  const internalState = account.internalState<"checkout.session">(session.id);
  const lineItems = withPayerChoices(internalState.lineItems, collected);
  const total = sumOfLines(lineItems);
  if (total === session.amount_total) return session;
  const chosen = { ...session, amount_subtotal: total, amount_total: total };
  account.putWithInternalState<"checkout.session">(chosen, { ...internalState, lineItems });
  return chosen;
}

function takesNothingNow({ mode, amount_total }: Stripe.Checkout.Session): boolean {
  return mode === "setup" || (mode === "subscription" && amount_total === 0);
}

function prepareIntent(
  account: Account,
  session: Stripe.Checkout.Session,
  { payer, willPay }: { payer: PayerMethodAndDetails; willPay: boolean },
) {
  const internalState = account.internalState<"checkout.session">(session.id);
  if (session.mode === "subscription") {
    const customer = findOrCreateCustomer(account, internalState, payer);
    if (willPay) attachMethod(account, payer.method, customer);
    return intentFor(account, session, { internalState: { ...internalState, customer }, payer });
  }
  const intent = intentFor(account, session, { internalState, payer });
  if (!makesCustomer(internalState, intent, payer)) return intent;
  const owned: Stripe.PaymentIntent = { ...intent, customer: findOrCreateCustomer(account, internalState, payer) };
  account.put(owned);
  return owned;
}

function makesCustomer(
  { requested, customer }: CheckoutSessionInternalState,
  intent: Stripe.PaymentIntent,
  { method }: PayerMethodAndDetails,
): boolean {
  if (customer) return false;
  return requested.customer_creation === "always" || setupFutureUsageOf(intent, method.type) !== null;
}

function intentFor(
  account: Account,
  session: Stripe.Checkout.Session,
  {
    internalState,
    payer: { collected },
  }: { internalState: CheckoutSessionInternalState; payer: PayerMethodAndDetails },
) {
  const amount = session.amount_total ?? 0;
  const recurring = session.mode === "subscription";
  const { customer, requested } = internalState;
  const data = requested.payment_intent_data;
  const chosen = data?.setup_future_usage ?? (collected.savesMethod ? "on_session" : null);
  const setup_future_usage = recurring ? "off_session" : chosen;
  if (internalState.intent)
    return updateIntent(account, account.get("payment_intent", internalState.intent), { amount, setup_future_usage });
  const types = session.payment_method_types;
  const shipping = data?.shipping ? { shipping: shippingOf(data.shipping) } : {};
  return createIntent(account, {
    amount,
    currency: session.currency ?? "usd",
    customer,
    description: recurring ? "Subscription creation" : (data?.description ?? null),
    metadata: withoutEmptyValues(data?.metadata),
    receiptEmail: data?.receipt_email ?? null,
    descriptorSuffix: data?.statement_descriptor_suffix ?? null,
    setupFutureUsage: setup_future_usage,
    more: {
      ...shipping,
      payment_method_options: mergeIntentMethodOptions(types, null, requested.payment_method_options ?? {}),
    },
  });
}

/**
 * Updates the payment intent of an earlier attempt to pay. The payer can have made other choices since that attempt.
 */
function updateIntent(account: Account, before: Stripe.PaymentIntent, change: Partial<Stripe.PaymentIntent>) {
  const after = { ...before, ...change };
  account.put(after);
  return after;
}

function conclude(
  account: Account,
  session: Stripe.Checkout.Session,
  { result, payer }: { result: AttemptResult; payer: PayerMethodAndDetails },
): CheckoutResult {
  const { collected, method } = payer;
  const { intent } = result;
  const awaiting = result.kind === "challenged" ? { paymentMethod: method.id, collected } : null;
  const tried = { ...session, payment_intent: session.mode === "payment" ? intent.id : null };
  const internalState = account.internalState<"checkout.session">(session.id);
  const customer = internalState.customer ?? idOf(intent.customer);
  account.putWithInternalState<"checkout.session">(tried, { ...internalState, awaiting, intent: intent.id, customer });
  if (result.kind === "challenged") return { kind: "challenged" };
  if (result.kind === "declined") return { kind: "declined", decline: result.decline };
  savePaymentMethodIfIntentAsksForIt(account, result, method);
  return complete(account, tried, { intent, charge: result.charge, isPaid: result.kind === "paid", payer });
}

type Payment = {
  intent: Stripe.PaymentIntent;
  charge: Stripe.Charge;
  /** False while a bank debit is pending or an authorization waits for its capture. */
  isPaid: boolean;
  payer: PayerMethodAndDetails;
};

function complete(account: Account, session: Stripe.Checkout.Session, payment: Payment): CheckoutResult {
  const { intent, charge, payer, isPaid } = payment;
  const customer = idOf(intent.customer);
  const begins = session.mode === "subscription" && customer !== null;
  const firstPayment = { customer: customer ?? "", method: payer.method.id, intent, isPaid };
  const created = begins ? startSubscriptionByCheckout(account, session, firstPayment) : {};
  updateExistingCustomer(account, account.internalState<"checkout.session">(session.id), payer.collected);
  const completed: Stripe.Checkout.Session = {
    ...withCollectedDetails(session, payer.collected),
    ...created,
    customer,
    payment_status: isPaid ? "paid" : "unpaid",
    status: "complete",
    client_secret: null,
    url: null,
  };
  account.put(completed);
  const completedEvent = account.emit("checkout.session.completed", completed);
  if (isPaid) bookChargeToBalance(account, charge);
  return { kind: "paid", session: completed, completedEvent };
}
