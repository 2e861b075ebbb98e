// Internal state: data that Stripe keeps about an object and does not show. Its `dueAt` (Unix seconds) says when the clock
// must handle the object, and its `clock` on which test clock, if the object does not say.
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
  /** When the portal page was last requested, Unix seconds. */
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
  /** The draft's `invoice.created` event: while an endpoint refuses it, the draft is held back. */
  createdEvent: string | null;
  /** The open invoice payment. */
  payment: string | null;
};

/** The next notice, of a renewal or a trial's end, and when it is sent. */
export type Notice = { notice: "renewal" | "trial"; dueAt: number } | { notice: null; dueAt: null };

export const NO_NOTICE: Notice = { notice: null, dueAt: null };

export type InternalStateOf<K extends Kind> = K extends keyof InternalStates ? InternalStates[K] : never;

export type EndpointInternalState = {
  secret: string;
  fromSettings: boolean;
  /** The secret before the last roll; it signs beside the new one until that second. */
  former?: { secret: string; until: number } | null;
};

/** Parameters that a payment link passes to its sessions. */
export type LinkInternalState = {
  asked: NewLink;
  lineItems: Stripe.LineItem[];
};

/** For a bank debit that is not decided yet, or an authorization that is not captured yet. */
export type ChargeInternalState = {
  dueAt: number | null;
  clock: string | null;
};

/** The bank's verdict on the evidence, at its time. */
export type DisputeInternalState = {
  dueAt: number | null;
  verdict: "won" | "lost" | "escalated" | null;
};

/** The bank's answer to a refund, at its time: succeeded, failed, or its reference. */
export type RefundInternalState = {
  dueAt: number | null;
  end: "succeeded" | "failed" | "referenced" | null;
};

/** Parameters of a Checkout Session that the session does not show. */
export type SessionInternalState = {
  asked: Create;
  lineItems: Stripe.LineItem[];
  /** Created at the first attempt and used again for the next. */
  intent: string | null;
  setupIntent: string | null;
  customer: string | null;
  /** Set while a 3-D Secure challenge is open. */
  awaiting: { paymentMethod: string; collected: Collected } | null;
};
