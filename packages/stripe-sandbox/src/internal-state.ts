// Data that the stand-in stores with an object, in addition to the object's fields in Stripe's API. `dueAt`: the time
// in Unix seconds at which the stand-in must handle the object. `clock`: the id of the object's test clock, for objects
// that have no field `test_clock` in Stripe's API.
import type Stripe from "stripe";
import type { StripeObjectKind } from "./objects";
import type { DetailsCollectedFromPayer } from "./resources/collected-details";
import type { PaymentLinkParams } from "./resources/payment-link-params";
import type { CheckoutSessionParams } from "./resources/session-params";
import type { TestCard } from "./test-cards";
import type { TestIban } from "./test-ibans";

export type InternalStateByObjectKind = {
  balance_transaction: { dueAt: number | null };
  payout: { dueAt: number | null };
  payment_link: PaymentLinkInternalState;
  charge: ChargeInternalState;
  /** `lastSeen`: when the portal page was last requested, Unix seconds. */
  "billing_portal.session": { lastSeen: number | null };
  "checkout.session": CheckoutSessionInternalState;
  invoice: InvoiceInternalState;
  payment_intent: { invoice: string | null };
  subscription: ScheduledSubscriptionNotice & { failsNext?: boolean };
  coupon: { appliesTo: Stripe.Coupon.AppliesTo | null; currencyOptions: Record<string, Stripe.Coupon.CurrencyOptions> };
  dispute: DisputeInternalState;
  payment_method: { card: TestCard; isSetUp?: boolean } | { iban: TestIban; mandate: string | null };
  price: { currencyOptions: Record<string, Stripe.Price.CurrencyOptions> };
  refund: RefundInternalState;
  webhook_endpoint: WebhookEndpointInternalState;
};

export type InvoiceInternalState = {
  /**
   * The id of the `invoice.created` event. If a webhook endpoint refuses this event, the draft is finalized up to three
   * days later.
   */
  createdEvent: string | null;
  /** The id of the invoice_payment that links the invoice to its payment intent. */
  payment: string | null;
};

export type ScheduledSubscriptionNotice =
  | { notice: "renewal" | "trial"; dueAt: number }
  | { notice: null; dueAt: null };

export const NO_SUBSCRIPTION_NOTICE_SCHEDULED: ScheduledSubscriptionNotice = { notice: null, dueAt: null };

export type InternalStateOf<K extends StripeObjectKind> = K extends keyof InternalStateByObjectKind
  ? InternalStateByObjectKind[K]
  : never;

export type WebhookEndpointInternalState = {
  secret: string;
  fromSettings: boolean;
  /** The secret before the last change. Until `until` (Unix seconds) it also signs deliveries. */
  previousSecret?: { secret: string; until: number } | null;
};

/** The parameters and line items from which each session of the payment link is created. */
export type PaymentLinkInternalState = {
  requested: PaymentLinkParams;
  lineItems: Stripe.LineItem[];
};

/**
 * `dueAt`: when the bank decides a pending debit, or when an uncaptured authorization expires. `bounces`: true if the
 * debit bounces even with a test IBAN whose debits usually succeed.
 */
export type ChargeInternalState = {
  dueAt: number | null;
  clock: string | null;
  bounces?: boolean;
};

/**
 * `verdict`: the bank's decision at `dueAt`, after evidence was submitted. While no evidence has been submitted, it is
 * null, and `dueAt` is the deadline for evidence.
 */
export type DisputeInternalState = {
  dueAt: number | null;
  verdict: "won" | "lost" | "escalated" | null;
};

/** `end`: the bank's answer at `dueAt`. "referenced" means that the bank reports a reference number. */
export type RefundInternalState = {
  dueAt: number | null;
  end: "succeeded" | "failed" | "referenced" | null;
};

export type CheckoutSessionInternalState = {
  requested: CheckoutSessionParams;
  lineItems: Stripe.LineItem[];
  /** The id of the payment intent. The first attempt to pay creates it, and all later attempts use it. */
  intent: string | null;
  setupIntent: string | null;
  customer: string | null;
  /** The attempt to pay that waits for the payer's 3-D Secure challenge. */
  awaiting: { paymentMethod: string; collected: DetailsCollectedFromPayer } | null;
};
