import type Stripe from "stripe";
import type { Account } from "../account";
import type { Language } from "../locales/languages";
import type { FieldErrors, SubmittedFields } from "../payment-form/read-form";
import type { PaymentMethodDecline } from "../test-cards";

export type PortalVisit = {
  account: Account;
  session: Stripe.BillingPortal.Session;
  customer: Stripe.Customer;
  features: Stripe.BillingPortal.Configuration["features"];
  language: Language;
};

export type PortalActionOutcome =
  | { kind: "done"; done: string }
  | { kind: "refused"; reasons: FieldErrors; decline: PaymentMethodDecline | null }
  /** The customer must first authenticate on the stand-in's 3-D Secure page, at `location`. */
  | { kind: "elsewhere"; location: string }
  | { kind: "ignored" };

export type PortalActionInput = {
  id: string;
  typed: SubmittedFields;
};

export const PORTAL_ACTION_IGNORED: PortalActionOutcome = { kind: "ignored" };

export function findSubscriptionUnlessCanceled(
  { account, customer }: PortalVisit,
  id: string,
): Stripe.Subscription | null {
  const subscription = account.find("subscription", id);
  const isTheirs = subscription?.customer === customer.id && subscription.status !== "canceled";
  return isTheirs ? subscription : null;
}
