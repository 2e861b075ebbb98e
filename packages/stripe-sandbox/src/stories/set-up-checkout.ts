// Checkout in setup mode: a way to pay is saved for later, and nothing is charged. A declined try leaves the session open
// on the same setup intent.
import type Stripe from "stripe";
import type { Account } from "../account";
import type { SessionAside } from "../objects";
import { type Collected, withCollected } from "../resources/session-collected";
import { createSetupIntent } from "../resources/setup-intents";
import { attemptSetup, failSetupAuthentication, type SetupResult } from "./attempt-setup";
import { beginByCheckout } from "./begin-by-checkout";
import { customerFor, type Giver, updateCustomer } from "./checkout-giver";
import type { CheckoutResult } from "./pay-checkout";

export function setUpCheckout(account: Account, session: Stripe.Checkout.Session, giver: Giver): CheckoutResult {
  const challengeUrl = `${account.baseUrl}/c/pay/${session.id}/authenticate`;
  const intent = intentFor(account, session, giver);
  const attempt = { intent, method: giver.method, challengeUrl, returnUrl: session.url ?? undefined };
  return conclude(account, session, attemptSetup(account, attempt), giver);
}

/** The giver answers the 3-D Secure challenge. */
export function answerSetupChallenge(
  account: Account,
  session: Stripe.Checkout.Session,
  { giver, passed }: { giver: Giver; passed: boolean },
): CheckoutResult {
  const attempt = { intent: intentFor(account, session, giver), method: giver.method, authenticated: true };
  const result = passed ? attemptSetup(account, attempt) : failSetupAuthentication(account, attempt);
  return conclude(account, session, result, giver);
}

function intentFor(account: Account, session: Stripe.Checkout.Session, giver: Giver): Stripe.SetupIntent {
  const aside = account.aside<"checkout.session">(session.id);
  const { mode, customer_creation: creation, payment_method_options: options } = aside.asked;
  const known = aside.setupIntent ? account.get("setup_intent", aside.setupIntent) : null;
  const isOwned = mode === "subscription" || creation === "always";
  if (known && (aside.customer || !isOwned)) return known;
  const customer = isOwned ? customerFor(account, aside, giver) : aside.customer;
  const methodTypes = session.payment_method_types;
  const made = known ?? createSetupIntent(account, { customer, usage: "off_session", methodTypes, options });
  const intent: Stripe.SetupIntent = { ...made, customer };
  account.put(intent);
  keep(account, session, { ...aside, customer, setupIntent: intent.id });
  return intent;
}

function keep(account: Account, session: Stripe.Checkout.Session, aside: SessionAside): void {
  account.putWithAside<"checkout.session">(session, aside);
}

function conclude(
  account: Account,
  session: Stripe.Checkout.Session,
  result: SetupResult,
  { collected, method }: Giver,
): CheckoutResult {
  const aside = account.aside<"checkout.session">(session.id);
  const tried = { ...session, setup_intent: session.mode === "setup" ? result.intent.id : null };
  const awaiting = result.kind === "challenged" ? { paymentMethod: method.id, collected } : null;
  keep(account, tried, { ...aside, awaiting });
  if (result.kind === "challenged") return { kind: "challenged" };
  if (result.kind === "declined") return { kind: "declined", decline: result.decline };
  return complete(account, tried, collected, method.id);
}

/** A recurring payment that begins free, where the session asks for a way to pay only if one is needed. */
export function beginWithoutMethod(
  account: Account,
  session: Stripe.Checkout.Session,
  collected: Collected,
): CheckoutResult {
  const aside = account.aside<"checkout.session">(session.id);
  keep(account, session, { ...aside, customer: customerFor(account, aside, { collected }) });
  return complete(account, session, collected, null);
}

function complete(
  account: Account,
  session: Stripe.Checkout.Session,
  collected: Collected,
  method: string | null,
): CheckoutResult {
  const aside = account.aside<"checkout.session">(session.id);
  const { customer } = aside;
  const begins = session.mode === "subscription" && customer !== null;
  const made = begins ? beginByCheckout(account, session, { customer, method, intent: null, isPaid: true }) : {};
  updateCustomer(account, aside, collected);
  const completed: Stripe.Checkout.Session = {
    ...withCollected(session, collected),
    ...made,
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
