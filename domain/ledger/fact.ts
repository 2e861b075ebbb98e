// Facts: what Stripe reports, in our own words. A fact is keyed by Stripe's id of the thing that happened, never by the event that
// brought it: the same fact may arrive in several events, in any order, any number of times.
import type { Exposure } from "../appeal/exposure";
import type { CoveredFee } from "../giving/covered-fee";
import type { RecurringFrequency } from "../giving/frequency";
import type { Money, SettledMoney } from "../money";

/** Our own metadata from the start of the gift: opaque ids. `giftId` shows that a fact is ours. */
export type Origin = {
  giftId: string;
  article: string | null;
  appeal: string | null;
  variant: string | null;
  /** The place of the form, such as `banner`. */
  placement: string | null;
  /** The experiment in which the supporter's device was. */
  exposure?: Exposure | null;
  /** The part of the amount that covers the card fee, and the amount that it was calculated for. */
  coveredFee?: CoveredFee | null;
  locale: string;
  /** When the supporter erased themselves, if we have said so at Stripe. An older copy of the object may not say it yet. */
  erasedAt?: Date;
  /** When the supporter changed their address, if we have said so at Stripe: the address of a single gift there is outdated. */
  readdressedAt?: Date;
};

export type PaymentStatus = "pending" | "failed" | "succeeded";

/** The payment of a single gift; one per payment intent. */
export type SinglePayment = {
  kind: "single-payment";
  paymentIntentId: string;
  status: PaymentStatus;
  money: Money;
  /** The time of the charge if `charge` is set. Otherwise the time of the report, until a charge corrects it. */
  paidAt: Date;
  /** The time of Stripe's event, or of Stripe's answer to a question. */
  reportedAt: Date;
  /** The charge that succeeded. Without it the payment gets no entry yet. */
  charge: { chargeId: string } | null;
  email: string | null;
  origin: Origin;
};

/** A payment of a recurring gift; one per invoice that was paid, or for which a bank debit has begun. */
export type RecurringPayment = {
  kind: "recurring-payment";
  invoiceId: string;
  subscriptionId: string;
  /** `failed`: a debit has bounced and nothing has been paid since, even while Stripe retries. */
  status: PaymentStatus;
  /** The amount paid. While nothing is paid, the amount of the first debit. */
  money: Money;
  frequency: RecurringFrequency;
  /** The time of the payment. While nothing is paid, the time at which the first debit began. */
  paidAt: Date;
  customerId: string | null;
  email: string | null;
  /** True if `email` is the customer's address now. Otherwise it is the invoice's copy, which may be outdated. */
  isEmailCurrent: boolean;
  origin: Origin;
};

/** The payment intent that paid an invoice, or on which a debit for it has begun. Refunds and disputes name only the intent. */
export type PaymentLinked = {
  kind: "payment-linked";
  invoiceId: string;
  paymentIntentId: string;
  isPaid: boolean;
};

/**
 * The charge that brought the money of a payment. Of all attempts on one payment intent at most one succeeds; the others are
 * bounced bank debits and declined cards.
 */
export type PaymentCharged = {
  kind: "payment-charged";
  paymentIntentId: string;
  chargeId: string;
  /** The amount charged. Only the books check uses it; a payment takes its amount from the invoice. */
  money: Money;
};

/**
 * A bank debit has begun or bounced. The event does not say whether its payment intent belongs to one of our invoices. It has moved
 * money, so Stripe is asked.
 */
export type DebitReported = { kind: "debit-reported"; paymentIntentId: string };

/** An attempt to pay that failed. */
export type AttemptFailed = {
  kind: "attempt-failed";
  key: string;
  giftId: string;
  subscriptionId: string | null;
  money: Money;
  code: string | null;
  failedAt: Date;
  /** Set for a renewal. `nextAttemptAt`: when Stripe tries again; null if it does not. */
  renewal: { nextAttemptAt: Date | null } | null;
};

/** Stripe will charge a recurring gift on a day to come. The invoice is not there yet. */
export type RenewalUpcoming = { kind: "renewal-upcoming"; subscriptionId: string; money: Money; chargesAt: Date };

/** Why an attempt to pay an invoice failed, in Stripe's word. The event does not say, so Stripe was asked. */
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
  /** Stripe's word for the status. */
  status: string;
  reason: string;
  openedAt: Date;
  answerBy: Date | null;
};

/** The names of the evidence that Stripe refused to remove after an erasure; none if it holds no more. */
export type EvidenceLeft = { kind: "evidence-left"; disputeId: string; names: readonly string[] };

/** `payment-returned` is a bank debit that bounced. It has no entry, because no money came, but it moved the balance there and back. */
export type EntryKind = "payment" | "payment-returned" | "refund" | "refund-returned" | "dispute" | "dispute-returned";

/** The effect of a payment, refund or dispute on the account's balance: one of Stripe's balance transactions. */
export type BalanceMoved = {
  kind: "balance-moved";
  balanceTransactionId: string;
  paymentIntentId: string;
  of: EntryKind;
  /** Stripe's id of the charge, refund or dispute. */
  sourceId: string;
  /** The amount in the currency of the gift, without a sign. For a dispute, nothing else says how much was moved. */
  money: Money;
  /** The amounts in the settlement currency, with signs. */
  settled: { currency: string; amountMinor: number; feeMinor: number; netMinor: number };
  movedAt: Date;
};

export type PayoutStatus = "pending" | "in_transit" | "paid" | "canceled" | "failed";

export type PayoutReported = {
  kind: "payout";
  payoutId: string;
  /** The amount in the account's settlement currency. */
  money: SettledMoney;
  status: PayoutStatus;
  arrivesAt: Date;
  createdAt: Date;
  /** True if Stripe can list the balance transactions that left with this payout. Never true for a manual payout. */
  isListed: boolean;
};

/** A part of the list of a payout's balance transactions, including those of other products. */
export type PayoutListed = {
  kind: "payout-listed";
  payoutId: string;
  balanceTransactionIds: string[];
  /** The list goes on after this balance transaction; null at its end. */
  next: string | null;
};

/**
 * `customer-deleted`: Stripe has deleted a customer; our record stays. `customer-corrected`: a customer has a new address; their
 * gifts follow it. `card-replaced`: the bank told Stripe a new card.
 */
export type CustomerChanged = {
  kind: "customer-deleted" | "customer-corrected" | "card-replaced";
  customerId: string;
};

/** `unpaid`: Stripe has used up its retries and stopped charging. */
export type RecurringStatus = "starting" | "active" | "past_due" | "unpaid" | "paused" | "canceled";

/**
 * Why only Stripe can describe and change a gift: it has several items, a price in tiers or by usage, a discount, or a schedule that
 * changes it automatically.
 */
export type Unusual = "several-items" | "price" | "discount" | "schedule";

/** A recurring gift as Stripe shows it at one moment. */
export type RecurringState = {
  subscriptionId: string;
  subscriptionItemId: string | null;
  productId: string | null;
  customerId: string | null;
  /** The amount of one payment: unit price times quantity. Zero if the gift is too unusual to tell. */
  money: Money;
  frequency: RecurringFrequency;
  unusual: Unusual | null;
  status: RecurringStatus;
  startedAt: Date | null;
  /** The end of the current period. Periods continue while the gift is paused. */
  nextPaymentAt: Date | null;
  /** The start of the current period, by Stripe's clock. It tells a renewal from a moved payment, and is not kept. */
  periodStartedAt?: Date | null;
  /** When Stripe charges next; null if it will not. */
  chargesNextAt: Date | null;
  /** The day of the month that payments keep to, in UTC; null if periods are days or weeks. */
  chargeDay: number | null;
  /** The day on which a pause ends automatically. */
  resumesAt: Date | null;
  cancelAt: Date | null;
  endedAt: Date | null;
  endReason: string | null;
  /** The customer's address. Set only if Stripe was asked for the customer too and has not deleted them. */
  email?: string | null;
  /** Stripe's id of the card or account that is charged. Set only if Stripe was asked for it too. */
  paymentMethodId?: string;
  /** Set only if Stripe was asked for the card too. */
  cardExpiresAt?: Date | null;
  origin: Origin;
};

/** The kinds of notes that people read. Beside each `repriced` stands one of them, with the new amount or interval. */
export const SHOWN_NOTE_KINDS = [
  "amount",
  "frequency",
  "date",
  "skipped",
  "paused",
  "resumed",
  "cancelled",
  "undone",
  "ended",
  "started",
  "overdue",
  "caught-up",
  "given-up",
] as const;

export type RecurringNoteKind = (typeof SHOWN_NOTE_KINDS)[number] | MovementNoteKind;

/**
 * The notes from which movements are derived (recurring-story.ts): it began · its amount or frequency changed · a renewal failed · was
 * paid after all · Stripe stopped charging.
 */
export type MovementNoteKind = "started" | "repriced" | "overdue" | "caught-up" | "given-up";

/** `supporter`: signed in · `link`: by a mailed link · `staff`: in Stripe's dashboard · `stripe`: nobody asked for it. */
export type ChangedBy = "supporter" | "link" | "staff" | "stripe";

/** One change of a recurring gift, with a key so that it is recorded once. */
export type RecurringNote = {
  key: string;
  kind: RecurringNoteKind;
  /** The amount of one payment and how often it is given; before the change only if an event says it. */
  money: Money | null;
  beforeMinor: number | null;
  frequency: RecurringFrequency | null;
  beforeFrequency: RecurringFrequency | null;
  /** The day to which a payment was moved, or on which a pause ends. */
  until: Date | null;
  /** Null if the change was found by asking Stripe, and no event reported it. */
  by: ChangedBy | null;
  reason: string | null;
  notedAt: Date;
};

/** A recurring gift has changed. The state may be outdated when the event arrives, so only a new gift or an end is taken from it. */
export type RecurringGiftChanged = { kind: "recurring-gift-changed"; state: RecurringState; notes: RecurringNote[] };

/** The Checkout session of a gift has closed. For a recurring gift it names the supporter. */
export type CheckoutClosed = {
  kind: "checkout-closed";
  sessionId: string;
  outcome: "completed" | "expired";
  /** The time of Stripe's event, or of the session. */
  closedAt?: Date;
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
  | RenewalUpcoming
  | RefundReported
  | DisputeReported
  | EvidenceLeft
  | BalanceMoved
  | PayoutReported
  | PayoutListed
  | CustomerChanged
  | RecurringGiftChanged
  | CheckoutClosed;
