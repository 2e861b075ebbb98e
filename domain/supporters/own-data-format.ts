// The format of the data that a supporter can download (docs/own-data-format.md). own-data.ts fills it, and
// own-data-table.ts makes the CSV of it. Increase OWN_DATA_VERSION with every change of the format that a program could
// notice.
import type { TextByMessageField } from "./gift-message";

export const OWN_DATA_VERSION = 2;

/** Times are ISO 8601 in UTC, days are like `2026-11-27`, and amounts are decimals with a point, such as `10.00`. */
export type OwnData = {
  format: "appeal-own-data";
  version: typeof OWN_DATA_VERSION;
  publication: string;
  takenAt: string;
  you: {
    since: string;
    language: string;
    nameOnReceipts: string | null;
    addresses: OwnAddress[];
    refusedMails: { kind: string; refusedAt: string }[];
    /** A requested change of the e-mail address. */
    addressChange: AddressChangeRecord | null;
    erasureRequestedAt: string | null;
  };
  recurringGifts: OwnDataRecurringGift[];
  payments: PaymentInOwnData[];
  failedPayments: FailedAttemptRecord[];
  mails: { kind: string; queuedAt: string; sentAt: string | null }[];
  signIns: { signedInOn: string; lastSeenOn: string; endsAt: string }[];
  /** Requested links for signing in that have not been used. */
  signInLinks: { requestedAt: string; expiresAt: string }[];
  reminders: ReminderRecord[];
  /** `byMailSince`: null if letters do not come by e-mail. */
  letters: { byMailSince: string | null; hasFeed: boolean }[];
  /** Free access to the letters. */
  freeSeats: { givenAt: string; until: string; language: string }[];
  /** When and why colleagues looked up the supporter's e-mail address. */
  lookups: { at: string; why: string; words: string | null }[];
};

export type DecimalAmount = { amount: string; currency: string };
/** `mailStoppedAt`: when the owner of the mailbox stopped all e-mails to it. */
type OwnAddress = { address: string; since: string; until: string | null; mailStoppedAt: string | null };
/**
 * `newAddress` is masked, because the person who downloads this file may be a stranger who can read the old mailbox.
 */
export type AddressChangeRecord = {
  newAddress: string;
  oldConfirmedAt: string | null;
  newConfirmedAt: string | null;
  takesEffectAt: string | null;
  expiresAt: string;
};
export type ReminderRecord = {
  rhythm: string;
  amount: DecimalAmount | null;
  language: string;
  requestedAt: string;
  confirmedAt: string | null;
  sent: number;
  nextAt: string | null;
};
export type OwnGiftOrigin = { article: string | null; appeal: string | null; variant: string | null };
export type OwnDataRecurringGift = OwnGiftOrigin & {
  stripeId: string;
  stripeCustomer: string | null;
  /** The amount of one payment. Null if only Stripe can calculate it. */
  amount: DecimalAmount | null;
  coveredFee: DecimalAmount | null;
  frequency: string;
  standing: string;
  startedAt: string | null;
  nextPaymentAt: string | null;
  resumesAt: string | null;
  endsAt: string | null;
  endReason: string | null;
  overdueSince: string | null;
  /** Stripe's id of the card or account that is charged. */
  stripePaymentMethod: string | null;
  cardExpiresAt: string | null;
  changes: GiftChangeRecord[];
};
/** `until`: the day to which a payment was moved, or on which a pause ends. `by`: who made the change. */
export type GiftChangeRecord = {
  at: string;
  what: string;
  amount: DecimalAmount | null;
  amountBefore: DecimalAmount | null;
  frequency: string | null;
  frequencyBefore: string | null;
  until: string | null;
  by: string | null;
  reason: string | null;
};
export type PaymentInOwnData = OwnGiftOrigin & {
  receiptNumber: string;
  stripeIds: string[];
  recurringGift: string | null;
  paidAt: string;
  arrivedAt: string | null;
  amount: DecimalAmount;
  coveredFee: DecimalAmount | null;
  kept: DecimalAmount;
  frequency: string;
  standing: string;
  placement: string | null;
  /** `exposedOn`: the day on which the device was first shown the experiment. */
  experiment: { id: string; arm: string | null; exposedOn: string | null } | null;
  /** Refunds and disputes. An amount is negative if the money left the newsroom. */
  amendments: { at: string; what: string; amount: DecimalAmount }[];
  /** `status`, `reason`: Stripe's own words. */
  disputes: DisputeRecord[];
  message: GiftMessageRecord | null;
};
type DisputeRecord = {
  stripeId: string;
  openedAt: string;
  amount: DecimalAmount;
  reason: string;
  status: string;
  answerBy: string | null;
};
/** `words`: null if the site can no longer decrypt the message. */
export type GiftMessageRecord = {
  at: string;
  words: TextByMessageField | null;
  mayBePublished: boolean;
  status: string;
};
export type FailedAttemptRecord = {
  at: string;
  recurringGift: string | null;
  amount: DecimalAmount;
  code: string | null;
  nextAttemptAt: string | null;
};
