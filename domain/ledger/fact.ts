// What Stripe can tell us, in our own words. A fact is keyed by Stripe's id of the thing that happened, never by the event
// that brought it: the same fact may arrive in several events, in any order, any number of times.
import type { Frequency } from "../giving/gift";
import type { Money } from "../money";

/** What our own metadata said when the gift began. Opaque ids; `giftId` is what makes a fact ours. */
export type Origin = {
  giftId: string;
  article: string | null;
  appeal: string | null;
  variant: string | null;
  locale: string;
};

export type PaymentStatus = "pending" | "failed" | "succeeded";

/** Money of a gift that is given once; one per payment intent. */
export type SinglePayment = {
  kind: "single-payment";
  paymentIntentId: string;
  status: PaymentStatus;
  money: Money;
  /** From the charge where `charge` is set; else when Stripe told us, which a charge will put right. */
  paidAt: Date;
  charge: { chargeId: string; balanceTransactionId: string | null } | null;
  email: string | null;
  origin: Origin;
};

/** Money of a recurring gift; one per invoice. */
export type RecurringPayment = {
  kind: "recurring-payment";
  invoiceId: string;
  subscriptionId: string;
  money: Money;
  frequency: Frequency;
  paidAt: Date;
  email: string | null;
  origin: Origin;
};

export type RecurringStatus = "starting" | "active" | "past_due" | "paused" | "canceled";

/** A recurring gift as Stripe shows it at one moment. */
export type RecurringState = {
  subscriptionId: string;
  subscriptionItemId: string | null;
  productId: string | null;
  customerId: string | null;
  money: Money;
  frequency: Frequency;
  status: RecurringStatus;
  startedAt: Date | null;
  nextPaymentAt: Date | null;
  cancelAt: Date | null;
  endedAt: Date | null;
  origin: Origin;
};

/** Something about a recurring gift is new. The state is a snapshot that may be old: only its end is taken at its word. */
export type RecurringGiftChanged = { kind: "recurring-gift-changed"; state: RecurringState };

/** Checkout is over for this gift; for a recurring one it names who gives. */
export type CheckoutClosed = {
  kind: "checkout-closed";
  outcome: "completed" | "expired";
  email: string | null;
  recurring: { subscriptionId: string; money: Money } | null;
  origin: Origin;
};

export type Fact = SinglePayment | RecurringPayment | RecurringGiftChanged | CheckoutClosed;
