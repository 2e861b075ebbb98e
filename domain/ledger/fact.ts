// Facts: Stripe's reports, translated into our own types. The key of a fact is, or contains, Stripe's id of the object,
// never the id of the event. The same fact can arrive in several events, in any order and any number of times.
import type { ExperimentExposure } from "../appeal/exposure";
import type { ChargeWithCoveredFee } from "../giving/covered-fee";
import type { RecurringFrequency } from "../giving/frequency";
import type { Money, MoneyInAnyCurrency } from "../money";

/**
 * Our own metadata on Stripe's objects. All fields except `erasedAt` and `readdressedAt` are written when the gift
 * starts. `erasedAt` and `readdressedAt` can be added later, and `coveredFee` can change. An object belongs to this
 * site only if its metadata names this site and a gift.
 */
export type ParsedGiftMetadata = {
  giftId: string;
  article: string | null;
  appeal: string | null;
  variant: string | null;
  placement: string | null;
  exposure?: ExperimentExposure | null;
  /** The part of the amount that covers the card fee, and the amount that it was calculated for. */
  coveredFee?: ChargeWithCoveredFee | null;
  locale: string;
  /**
   * The time at which the supporter was erased, if the metadata contains this time. It is missing in copies of the
   * metadata that Stripe made before the erasure.
   */
  erasedAt?: Date;
  /**
   * The time at which the supporter's e-mail address changed, if the metadata contains this time. The e-mail address
   * that Stripe stores for this single gift is then outdated.
   */
  readdressedAt?: Date;
};

export type PaymentStatus = "pending" | "failed" | "succeeded";

/** The payment of a single gift. There is one for each payment intent. */
export type PaymentOfSingleGift = {
  kind: "single-payment";
  paymentIntentId: string;
  status: PaymentStatus;
  money: Money;
  /** The time of the charge. If the report does not contain the charge, the same time as `reportedAt`. */
  paidAt: Date;
  /**
   * The time of Stripe's event. Without an event, it is the time at which Stripe created the object. Only a follow-up
   * about a payment uses the payment's `arrivedAt` instead, if it is set.
   */
  reportedAt: Date;
  /** The charge that succeeded. Until there is one, the payment has no entry. */
  charge: { chargeId: string } | null;
  email: string | null;
  origin: ParsedGiftMetadata;
};

/**
 * A payment of a recurring gift. There is one for each invoice that was paid through Stripe, or for which a bank debit
 * has begun.
 */
export type RecurringPayment = {
  kind: "recurring-payment";
  invoiceId: string;
  subscriptionId: string;
  /** `failed`: a bank debit has bounced and the invoice has not been paid since. Stripe can still be retrying. */
  status: PaymentStatus;
  /** The amount paid. Until the invoice is paid, the amount of the first bank debit. */
  money: Money;
  frequency: RecurringFrequency;
  /** The time of the payment. Until the invoice is paid, the time at which the first bank debit began. */
  paidAt: Date;
  customerId: string | null;
  email: string | null;
  /**
   * True if `email` is the customer's current e-mail address. If not, it is the invoice's copy, which may be outdated.
   */
  isEmailCurrent: boolean;
  origin: ParsedGiftMetadata;
};

/**
 * The link between an invoice and its payment intent. Refunds and disputes name only the payment intent, not the
 * invoice. `isPaid`: this payment intent has paid the invoice.
 */
export type InvoicePaymentLinked = {
  kind: "payment-linked";
  invoiceId: string;
  paymentIntentId: string;
  isPaid: boolean;
};

/**
 * The charge that succeeded for a payment intent of an invoice. Any other charges of the payment intent are bounced
 * debits and declined cards.
 */
export type InvoicePaymentCharged = {
  kind: "payment-charged";
  paymentIntentId: string;
  chargeId: string;
  /** The amount charged. Used only to compare the ledger with Stripe: the ledger stores the amount of the invoice. */
  money: Money;
};

/** A bank debit has begun. Stripe's event does not show whether the payment intent is ours, so Stripe must be asked. */
export type DebitReported = { kind: "debit-reported"; paymentIntentId: string };

export type PaymentAttemptFailed = {
  kind: "attempt-failed";
  key: string;
  giftId: string;
  subscriptionId: string | null;
  money: Money;
  code: string | null;
  failedAt: Date;
  /** Set for a renewal. `nextAttemptAt`: the time of Stripe's next retry; null if there is none. */
  renewal: { nextAttemptAt: Date | null } | null;
};

/** Stripe announces the next charge of a recurring gift. Its invoice does not exist yet. */
export type RenewalUpcoming = { kind: "renewal-upcoming"; subscriptionId: string; money: Money; chargesAt: Date };

/**
 * Stripe's code for a failed attempt. The site asked Stripe for it, because the event about the attempt does not
 * contain it.
 */
export type FailureCodeReported = { kind: "attempt-explained"; key: string; code: string };

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
  status: string;
  reason: string;
  openedAt: Date;
  answerBy: Date | null;
};

/**
 * The names of the evidence fields that Stripe still holds after an erasure, because it refused to remove them. The
 * list is empty if Stripe holds none any more.
 */
export type DisputeEvidenceLeftAfterErasure = {
  kind: "evidence-left";
  disputeId: string;
  fieldNames: readonly string[];
};

/** `payment-returned`: a bank debit has bounced. The ledger then stores a balance entry, but no other entry. */
export type EntryKind = "payment" | "payment-returned" | "refund" | "refund-returned" | "dispute" | "dispute-returned";

/** The effect of a payment, refund or dispute on the account's balance: one of Stripe's balance transactions. */
export type BalanceTransactionReported = {
  kind: "balance-moved";
  balanceTransactionId: string;
  paymentIntentId: string;
  entryKind: EntryKind;
  sourceId: string;
  /**
   * The amount without its sign, in the gift's currency. For a dispute, only this fact tells the ledger how much money
   * was withdrawn or returned.
   */
  money: Money;
  /** The signed amounts in the settlement currency. */
  settled: { currency: string; amountMinor: number; feeMinor: number; netMinor: number };
  movedAt: Date;
};

export type PayoutStatus = "pending" | "in_transit" | "paid" | "canceled" | "failed";

export type PayoutReported = {
  kind: "payout";
  payoutId: string;
  /** The amount in the account's settlement currency. */
  money: MoneyInAnyCurrency;
  status: PayoutStatus;
  arrivesAt: Date;
  createdAt: Date;
  /** True once Stripe can list all balance transactions of this payout. Never true for a manual payout. */
  isListReady: boolean;
};

/**
 * One page of the list of a payout's balance transactions, including those of other products on the same Stripe
 * account.
 */
export type PayoutEntriesListed = {
  kind: "payout-listed";
  payoutId: string;
  balanceTransactionIds: string[];
  /** The balance transaction after which the list continues; null at the end of the list. */
  next: string | null;
};

/**
 * `customer-deleted`: Stripe has deleted a customer; the ledger's rows stay. `customer-corrected`: a customer's e-mail
 * address or default card has changed. `card-replaced`: the bank has replaced the customer's card.
 */
export type CustomerChanged = {
  kind: "customer-deleted" | "customer-corrected" | "card-replaced";
  customerId: string;
};

/** `unpaid`: Stripe has used up its retries and stopped charging. */
export type RecurringStatus = "starting" | "active" | "past_due" | "unpaid" | "paused" | "canceled";

/** The reason why only Stripe can describe and change a gift. `price`: the price is in tiers or by usage. */
export type UnusualGiftReason = "several-items" | "price" | "discount" | "schedule";

export type RecurringGiftAtStripe = {
  subscriptionId: string;
  subscriptionItemId: string | null;
  productId: string | null;
  customerId: string | null;
  /** The amount of one payment: unit price times quantity. Zero if only Stripe can calculate it. */
  money: Money;
  frequency: RecurringFrequency;
  unusual: UnusualGiftReason | null;
  status: RecurringStatus;
  startedAt: Date | null;
  /** The end of the current period. Periods continue while the gift is paused. */
  nextPaymentAt: Date | null;
  /** The start of the current period. Not stored. */
  periodStartedAt?: Date | null;
  /** The time of Stripe's next charge; null if there is none. */
  chargesNextAt: Date | null;
  /** The day of the month of the payments, in UTC; null if periods are counted in days or weeks. */
  chargeDay: number | null;
  resumesAt: Date | null;
  cancelAt: Date | null;
  endedAt: Date | null;
  endReason: string | null;
  /**
   * The customer's e-mail address. Set only if Stripe's answer includes the customer and the customer is not deleted.
   */
  email?: string | null;
  /**
   * Stripe's id of the card or bank account that is charged. Set only if Stripe's answer includes the payment method.
   */
  paymentMethodId?: string;
  /**
   * The last day of the card; null for other payment methods. Set only if Stripe's answer includes the payment method.
   */
  cardExpiresAt?: Date | null;
  origin: ParsedGiftMetadata;
};

/**
 * The kinds of changes of a recurring gift that the newsroom's pages show. The only other kind, `repriced`, is not
 * shown.
 */
export const GIFT_CHANGE_KINDS_SHOWN_TO_STAFF = [
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

export type RecurringGiftChangeKind = (typeof GIFT_CHANGE_KINDS_SHOWN_TO_STAFF)[number] | RecurringValueChangeKind;

/**
 * The value of a recurring gift over time is derived from these changes, and from `paused` and `resumed`
 * (gift-history.ts). `started`: the gift began. `repriced`: its amount or frequency changed. `overdue`: a renewal
 * failed. `caught-up`: the failed renewal was paid after all. `given-up`: Stripe stopped charging.
 */
export type RecurringValueChangeKind = "started" | "repriced" | "overdue" | "caught-up" | "given-up";

/**
 * Who made a change. `supporter`: signed in on this site. `link`: somebody who used a link from an e-mail. `staff`: on
 * this site's pages for staff, in Stripe's dashboard, or with another program. `stripe`: Stripe itself, or a job of
 * this site.
 */
export type GiftChangeAuthor = "supporter" | "link" | "staff" | "stripe";

/** One change of a recurring gift. Its key ensures that it is recorded only once. */
export type RecurringGiftChange = {
  key: string;
  kind: RecurringGiftChangeKind;
  /** The new amount of one payment. `beforeMinor` and `beforeFrequency` are known only if Stripe's event has them. */
  money: Money | null;
  beforeMinor: number | null;
  frequency: RecurringFrequency | null;
  beforeFrequency: RecurringFrequency | null;
  /** The day to which a payment was moved, or the day on which a pause ends. */
  until: Date | null;
  /** Who made the change. Null if the site found the change in an answer from Stripe, and no event reported it. */
  by: GiftChangeAuthor | null;
  reason: string | null;
  notedAt: Date;
};

/** Stripe reports a change of a recurring gift. A later change can already have made `state` outdated. */
export type RecurringGiftChanged = {
  kind: "recurring-gift-changed";
  state: RecurringGiftAtStripe;
  notes: RecurringGiftChange[];
};

/** The Checkout session of a gift has closed. For a recurring gift, the session identifies the supporter. */
export type CheckoutClosed = {
  kind: "checkout-closed";
  sessionId: string;
  outcome: "completed" | "expired";
  /**
   * The time of Stripe's event. If the site read the session itself instead of an event, it is the session's creation
   * time. Without a value, the ledger uses the current time.
   */
  closedAt?: Date;
  email: string | null;
  recurring: { subscriptionId: string; customerId: string | null; money: Money } | null;
  origin: ParsedGiftMetadata;
};

export type Fact =
  | PaymentOfSingleGift
  | RecurringPayment
  | InvoicePaymentLinked
  | InvoicePaymentCharged
  | DebitReported
  | PaymentAttemptFailed
  | FailureCodeReported
  | RenewalUpcoming
  | RefundReported
  | DisputeReported
  | DisputeEvidenceLeftAfterErasure
  | BalanceTransactionReported
  | PayoutReported
  | PayoutEntriesListed
  | CustomerChanged
  | RecurringGiftChanged
  | CheckoutClosed;
