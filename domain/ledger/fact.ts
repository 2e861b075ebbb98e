// What Stripe can tell us, in our own words. A fact is keyed by Stripe's id of the thing that happened, never by the event
// that brought it: the same fact may arrive in several events, in any order, any number of times.
import type { RecurringFrequency } from "../giving/frequency";
import type { Money, SettledMoney } from "../money";

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
  /** When Stripe told us. */
  reportedAt: Date;
  /** The charge that came through; it is what brings the payment into the books. */
  charge: { chargeId: string } | null;
  email: string | null;
  origin: Origin;
};

/** Money of a recurring gift; one per invoice that was paid, or that a bank debit was begun for. */
export type RecurringPayment = {
  kind: "recurring-payment";
  invoiceId: string;
  subscriptionId: string;
  /** `failed`: a debit has bounced and nothing has been paid since, whatever is tried now. */
  status: PaymentStatus;
  /** What was paid; else what the first debit asked for. */
  money: Money;
  /** Of the period that was paid for. */
  frequency: RecurringFrequency;
  /** When it was paid; else when the first debit was begun. */
  paidAt: Date;
  customerId: string | null;
  email: string | null;
  /** The address is the customer's own of now. Without it, what the invoice kept when it was made: it may have been corrected since. */
  isEmailCurrent: boolean;
  origin: Origin;
};

/** By which payment intent an invoice was paid, or else a debit was begun for it: refunds and disputes know only the intent. */
export type PaymentLinked = {
  kind: "payment-linked";
  invoiceId: string;
  paymentIntentId: string;
  isPaid: boolean;
};

/**
 * By which charge the money of a payment came. Of all tries at a payment intent at most one comes through; a bank debit that
 * bounced and a card that was declined are others.
 */
export type PaymentCharged = {
  kind: "payment-charged";
  paymentIntentId: string;
  chargeId: string;
  /** What was charged: for the check alone, a payment's sum is told by its invoice. */
  money: Money;
};

/**
 * A bank debit was begun, or has bounced, on an intent of which its event does not say whose it is: an invoice of ours, perhaps. It
 * has moved money, so Stripe is asked.
 */
export type DebitReported = { kind: "debit-reported"; paymentIntentId: string };

/** A try that did not come through. */
export type AttemptFailed = {
  kind: "attempt-failed";
  key: string;
  giftId: string;
  subscriptionId: string | null;
  money: Money;
  code: string | null;
  failedAt: Date;
};

/** Why a try at an invoice failed, in Stripe's word: its event does not say, so Stripe is asked. */
export type AttemptExplained = { kind: "attempt-explained"; key: string; code: string };

export type RefundStatus = "pending" | "succeeded" | "canceled" | "failed";

export type RefundReported = {
  kind: "refund";
  refundId: string;
  paymentIntentId: string;
  money: Money;
  status: RefundStatus;
  reason: string | null;
  refundedAt: Date;
};

export type DisputeReported = {
  kind: "dispute";
  disputeId: string;
  paymentIntentId: string;
  money: Money;
  /** Stripe's word. */
  status: string;
  reason: string;
  openedAt: Date;
  answerBy: Date | null;
};

/** `payment-returned`: a bank debit that bounced; it was never in the books, and moved the balance forth and back. */
export type EntryKind = "payment" | "payment-returned" | "refund" | "refund-returned" | "dispute" | "dispute-returned";

/** What something about a payment did to the account's balance: one of Stripe's balance transactions. */
export type BalanceMoved = {
  kind: "balance-moved";
  balanceTransactionId: string;
  paymentIntentId: string;
  of: EntryKind;
  /** The charge, refund or dispute. */
  sourceId: string;
  /** In the currency given and without a sign; what a dispute moved is known from nowhere else. */
  money: Money;
  /** In the currency settled in, signed; fee as Stripe took it. */
  settled: { currency: string; amountMinor: number; feeMinor: number; netMinor: number };
  movedAt: Date;
};

export type PayoutStatus = "pending" | "in_transit" | "paid" | "canceled" | "failed";

export type PayoutReported = {
  kind: "payout";
  payoutId: string;
  /** The account's settlement currency. */
  money: SettledMoney;
  status: PayoutStatus;
  arrivesAt: Date;
  createdAt: Date;
};

/** Stripe has forgotten a customer: our record stays. Or it has another address for them: what they give follows it. */
export type CustomerChanged = { kind: "customer-deleted" | "customer-corrected"; customerId: string };

/** `unpaid`: Stripe has tried for as long as it was told to, and asks the bank no more. */
export type RecurringStatus = "starting" | "active" | "past_due" | "unpaid" | "paused" | "canceled";

/**
 * Why only Stripe can describe a gift and change it: it has several items, a price in tiers or by usage, a discount, or a schedule
 * that changes it by itself.
 */
export type Unusual = "several-items" | "price" | "discount" | "schedule";

/** A recurring gift as Stripe shows it at one moment. */
export type RecurringState = {
  subscriptionId: string;
  subscriptionItemId: string | null;
  productId: string | null;
  customerId: string | null;
  /** Of one payment: unit price times quantity. Zero where `unusual` keeps us from knowing it. */
  money: Money;
  frequency: RecurringFrequency;
  unusual: Unusual | null;
  status: RecurringStatus;
  startedAt: Date | null;
  /** The end of the period, which goes on while the gift is paused. */
  nextPaymentAt: Date | null;
  /** When the bank is asked next; null where it is not. */
  chargesNextAt: Date | null;
  /** The day on which a pause ends by itself. */
  resumesAt: Date | null;
  cancelAt: Date | null;
  endedAt: Date | null;
  endReason: string | null;
  /** The customer's address. Only where Stripe was asked for the customer too, and has not forgotten them. */
  email?: string | null;
  /** Only where Stripe was asked for the card too. */
  cardExpiresAt?: Date | null;
  origin: Origin;
};

export type RecurringNoteKind = "amount" | "paused" | "resumed" | "cancelled" | "undone" | "ended";

/** One thing that the story of a recurring gift says, keyed so that it is told once. */
export type RecurringNote = {
  key: string;
  kind: RecurringNoteKind;
  money: Money | null;
  reason: string | null;
  notedAt: Date;
};

/** Something about a recurring gift is new. The state is a snapshot that may be old: only its end is taken at its word. */
export type RecurringGiftChanged = { kind: "recurring-gift-changed"; state: RecurringState; notes: RecurringNote[] };

/** Checkout is over for this gift; for a recurring one it names who gives. */
export type CheckoutClosed = {
  kind: "checkout-closed";
  outcome: "completed" | "expired";
  email: string | null;
  recurring: { subscriptionId: string; customerId: string | null; money: Money } | null;
  origin: Origin;
};

export type Fact =
  | SinglePayment
  | RecurringPayment
  | PaymentLinked
  | PaymentCharged
  | DebitReported
  | AttemptFailed
  | AttemptExplained
  | RefundReported
  | DisputeReported
  | BalanceMoved
  | PayoutReported
  | CustomerChanged
  | RecurringGiftChanged
  | CheckoutClosed;
