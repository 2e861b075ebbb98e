// Updates the Checkout session and the invoice of an intent whose outcome becomes known only after the attempt: a
// settled or bounced bank debit, or a later capture.
import type Stripe from "stripe";
import type { Account } from "../account";
import type { PaymentMethodDecline } from "../test-cards";
import { applyOutcomeToInvoice } from "./update-invoice";

export type IntentOutcome =
  | { kind: "paid"; intent: Stripe.PaymentIntent; charge: Stripe.Charge }
  | { kind: "declined"; intent: Stripe.PaymentIntent; charge: Stripe.Charge | null; decline: PaymentMethodDecline };

const HANDLERS: ((account: Account, outcome: IntentOutcome) => void)[] = [concludeSession, applyOutcomeToInvoice];

export function applyOutcomeToSessionAndInvoice(account: Account, outcome: IntentOutcome): void {
  for (const handle of HANDLERS) handle(account, outcome);
}

/**
 * Returns the intent's Checkout session. In subscription mode, finds it by the invoice that the intent pays, because
 * the session does not name the intent.
 */
function sessionOf(account: Account, { id }: Stripe.PaymentIntent): Stripe.Checkout.Session | undefined {
  const invoice = account.store.internalState<"payment_intent">(account.id, id)?.invoice;
  return account.list("checkout.session", { where: invoice ? { invoice } : { payment_intent: id }, limit: 1 })[0];
}

/**
 * Updates the Checkout session of the payment intent, if the session is complete but unpaid. Also emits the session's
 * event, except for a card payment that was captured later.
 */
function concludeSession(account: Account, { kind, intent, charge }: IntentOutcome): void {
  const session = sessionOf(account, intent);
  if (session?.status !== "complete" || session.payment_status !== "unpaid") return;
  const updated: Stripe.Checkout.Session = kind === "paid" ? { ...session, payment_status: "paid" } : session;
  account.put(updated);
  if (charge?.payment_method_details?.type === "card") return;
  account.emit(`checkout.session.async_payment_${kind === "paid" ? "succeeded" : "failed"}`, updated);
}
