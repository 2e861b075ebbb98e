// A giver pays on the Checkout page: once, or the first time of a recurring gift. Declined tries leave the session
// open on the same payment intent; Stripe makes the subscription and its invoice only after the first payment.
import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf, type SessionAside } from "../objects";
import { settleCharge } from "../resources/charges";
import { createCustomer } from "../resources/customers";
import { createIntent } from "../resources/payment-intents";
import { attach, createCardMethod } from "../resources/payment-methods";
import { customerDetails } from "../resources/session-object";
import type { Decline, TestCard } from "../test-cards";
import { needsAuthentication } from "../test-cards";
import type { AttemptResult } from "./attempt-payment";
import { attemptPayment, failAuthentication } from "./attempt-payment";
import { beginSubscription } from "./subscription-life";

export interface CheckoutForm {
  card: TestCard;
  expiryMonth: number;
  expiryYear: number;
  email: string;
  name: string;
}

export type CheckoutResult =
  | { kind: "paid"; session: Stripe.Checkout.Session; completedEvent: string | null }
  | { kind: "declined"; decline: Decline }
  | { kind: "challenged" }
  | { kind: "closed"; session: Stripe.Checkout.Session };

interface Giver {
  method: Stripe.PaymentMethod;
  email: string;
  name: string;
}

/** Pays an open session; a session that is not open any more is left as it is, so a double submit pays once. */
export function payCheckout(account: Account, sessionId: string, form: CheckoutForm): CheckoutResult {
  const session = account.get("checkout.session", sessionId);
  if (session.status !== "open") return { kind: "closed", session };
  const { email, name } = form;
  const giver = { email, name, method: createCardMethod(account, { ...form, billing: { email, name } }) };
  const willPay = !form.card.decline && !needsAuthentication(form.card, true);
  const intent = prepareIntent(account, session, giver, willPay);
  const challengeUrl = `${account.baseUrl}/c/pay/${session.id}/authenticate`;
  const attempt = { intent, method: giver.method, onSession: true, challengeUrl, returnUrl: session.url ?? undefined };
  return conclude(account, session, attemptPayment(account, attempt), giver);
}

/** The giver answers the 3-D Secure challenge. */
export function answerChallenge(account: Account, sessionId: string, passed: boolean): CheckoutResult {
  const session = account.get("checkout.session", sessionId);
  const { awaiting } = account.aside<"checkout.session">(sessionId);
  if (session.status !== "open" || !awaiting) return { kind: "closed", session };
  const giver = { ...awaiting, method: account.get("payment_method", awaiting.paymentMethod) };
  const { card } = account.aside<"payment_method">(giver.method.id);
  const intent = prepareIntent(account, session, giver, passed && !card.decline);
  const attempt = { intent, method: giver.method, onSession: true, authenticated: true };
  const result = passed ? attemptPayment(account, attempt) : failAuthentication(account, attempt);
  return conclude(account, session, result, giver);
}

/** Customer and payment intent, made at the first try, in the order that Stripe makes them in each mode. */
function prepareIntent(account: Account, session: Stripe.Checkout.Session, giver: Giver, willPay: boolean) {
  const aside = account.aside<"checkout.session">(session.id);
  if (session.mode === "subscription") {
    const customer = customerFor(account, aside, giver);
    if (willPay) attach(account, giver.method, customer);
    return intentFor(account, session, aside, customer);
  }
  const intent = intentFor(account, session, aside, aside.customer);
  if (session.customer_creation !== "always" || aside.customer) return intent;
  const owned: Stripe.PaymentIntent = { ...intent, customer: customerFor(account, aside, giver) };
  account.put(owned);
  return owned;
}

function customerFor(account: Account, aside: SessionAside, { email, name }: Giver): string {
  if (aside.customer) return aside.customer;
  const customer = createCustomer(account, { email, name });
  account.emit("customer.created", customer);
  aside.customer = customer.id;
  return customer.id;
}

function intentFor(account: Account, session: Stripe.Checkout.Session, aside: SessionAside, customer: string | null) {
  if (aside.intent) return account.get("payment_intent", aside.intent);
  const recurring = session.mode === "subscription";
  return createIntent(account, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "usd",
    customer,
    description: recurring ? "Subscription creation" : aside.paymentDescription,
    metadata: aside.paymentMetadata,
    receiptEmail: aside.receiptEmail,
    descriptorSuffix: aside.descriptorSuffix,
    setupFutureUsage: recurring ? "off_session" : aside.setupFutureUsage,
  });
}

function conclude(
  account: Account,
  session: Stripe.Checkout.Session,
  result: AttemptResult,
  giver: Giver,
): CheckoutResult {
  const { email, name, method } = giver;
  const { intent } = result;
  const awaiting = result.kind === "challenged" ? { paymentMethod: method.id, email, name } : null;
  const tried = { ...session, payment_intent: session.mode === "payment" ? intent.id : null };
  const aside = account.aside<"checkout.session">(session.id);
  const customer = aside.customer ?? idOf(intent.customer);
  account.putWithAside<"checkout.session">(tried, { ...aside, awaiting, intent: intent.id, customer });
  if (result.kind === "challenged") return { kind: "challenged" };
  if (result.kind === "declined") return { kind: "declined", decline: result.decline };
  return complete(account, tried, { intent, charge: result.charge, giver });
}

interface Paid {
  intent: Stripe.PaymentIntent;
  charge: Stripe.Charge;
  giver: Giver;
}

function complete(account: Account, session: Stripe.Checkout.Session, { intent, charge, giver }: Paid): CheckoutResult {
  const recurring = session.mode === "subscription";
  const made = recurring ? beginSubscription(account, session, { intent, method: giver.method.id }) : {};
  const completed: Stripe.Checkout.Session = {
    ...session,
    ...made,
    customer: idOf(intent.customer),
    customer_details: customerDetails(giver.email, giver.name),
    payment_status: "paid",
    status: "complete",
    url: null,
  };
  account.put(completed);
  const completedEvent = account.emit("checkout.session.completed", completed);
  settleCharge(account, charge);
  return { kind: "paid", session: completed, completedEvent };
}
