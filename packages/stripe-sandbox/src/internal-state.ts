// Internal state: what Stripe keeps about an object and does not show. Its `dueAt` (Unix seconds) says when the clock must look
// at the object again, and its `clock` on which test clock, where the object itself does not.
import type Stripe from "stripe";
import type { Kind } from "./objects";
import type { Collected } from "./resources/collected";
import type { NewLink } from "./resources/payment-link-params";
import type { Create } from "./resources/session-params";
import type { TestCard } from "./test-cards";
import type { TestIban } from "./test-ibans";

export type InternalStates = {
  balance_transaction: { dueAt: number | null };
  payout: { dueAt: number | null };
  payment_link: LinkInternalState;
  charge: ChargeInternalState;
  /** When its page was last asked for, Unix seconds. */
  "billing_portal.session": { lastSeen: number | null };
  "checkout.session": SessionInternalState;
  invoice: InvoiceInternalState;
  payment_intent: { invoice: string | null };
  subscription: Notice & { failsNext?: boolean };
  coupon: { appliesTo: Stripe.Coupon.AppliesTo | null; currencyOptions: Record<string, Stripe.Coupon.CurrencyOptions> };
  dispute: DisputeInternalState;
  payment_method: { card: TestCard; isSetUp?: boolean } | { iban: TestIban; mandate: string | null };
  price: { currencyOptions: Record<string, Stripe.Price.CurrencyOptions> };
  refund: RefundInternalState;
  webhook_endpoint: EndpointInternalState;
};

export type InvoiceInternalState = {
  /** The event that told of the draft: while an endpoint refuses it, the invoice is held back. */
  createdEvent: string | null;
  /** The invoice payment that is open. */
  payment: string | null;
};

/** What is told before a renewal, or before a trial ends, and when. */
export type Notice = { notice: "renewal" | "trial"; dueAt: number } | { notice: null; dueAt: null };

export const NO_NOTICE: Notice = { notice: null, dueAt: null };

export type InternalStateOf<K extends Kind> = K extends keyof InternalStates ? InternalStates[K] : never;

export type EndpointInternalState = {
  secret: string;
  fromSettings: boolean;
  /** The secret before the last roll, which signs beside the new one until that second. */
  former?: { secret: string; until: number } | null;
};

/** What a payment link hands on to its sessions. */
export type LinkInternalState = {
  asked: NewLink;
  lineItems: Stripe.LineItem[];
};

/** A bank debit that its bank has not decided yet, or an authorization that waits to be captured. */
export type ChargeInternalState = {
  dueAt: number | null;
  clock: string | null;
};

/** What the bank will say to the evidence, once it is due. */
export type DisputeInternalState = {
  dueAt: number | null;
  verdict: "won" | "lost" | "escalated" | null;
};

/** What the bank will say to a refund, once it is due: that it is done, that it failed, or under which reference it went. */
export type RefundInternalState = {
  dueAt: number | null;
  end: "succeeded" | "failed" | "referenced" | null;
};

/** What a Checkout Session was asked for and does not show. */
export type SessionInternalState = {
  asked: Create;
  lineItems: Stripe.LineItem[];
  /** Made at the first try, kept for the next. */
  intent: string | null;
  setupIntent: string | null;
  customer: string | null;
  /** Set while a 3-D Secure challenge is open. */
  awaiting: { paymentMethod: string; collected: Collected } | null;
};
