import type { Payment } from "../../generated/sqlite/client";
import type { Tx } from "../database";
import type { Frequency } from "../frequencies";
import type { OnceOrRecurringFrequency, RecurringFrequency } from "../giving/frequency";
import { amountMinorOf, type Currency, type Money, moneyOf } from "../money";
import type { Role } from "../staff-role";
import { addMail, makeMailDueNow } from "./store/outbox";
import type { MailRecipient } from "./store/supporters";

/**
 * The kinds of tasks that wait for staff, in the order in which the newsroom lists them (attention-items.tsx). Each
 * kind has a text `mail.summary.waiting.<kind>`.
 */
export const STAFF_TASK_KINDS = [
  "disputes",
  "left-evidence",
  "refunds",
  "dead-letters",
  "bursts",
  "books",
  "mail-stops",
  "stuck-mails",
  "messages",
] as const;

export type StaffTaskKind = (typeof STAFF_TASK_KINDS)[number];

export type PaymentMailKind = "thanks" | "debit-pending" | "debit-bounced";
export type PaymentMailValues = {
  paymentId: string;
  amountMinor: number;
  currency: Currency;
  frequency: OnceOrRecurringFrequency;
  /** ISO 8601 */
  paidAt: string;
  /** The part of the amount that covers the card fee. Not set if no fee was covered. */
  coveredFeeMinor?: number | undefined;
  /**
   * True if this is the first payment of a recurring gift, and the supporter already has another recurring gift that is
   * still running.
   */
  isSecond?: boolean | undefined;
  /** True for a renewal that succeeded only after a failed attempt. */
  isRecovered?: boolean | undefined;
};
/** For the e-mail about a refund. `amountMinor`: the amount refunded. `givenMinor`: the payment's whole amount. */
export type RefundMailValues = PaymentMailValues & {
  refundId: string;
  givenMinor: number;
  /** ISO 8601 */
  refundedAt: string;
};
export type SignInMailValues = { tokenSealed: string; next: string };

/** For an e-mail with a link to manage a gift. The link is signed only when the e-mail is sent. */
export type GiftLinkMailValues = { subscriptionId: string };

/** `attempt`: the key of the failed attempt, such as `in_…:2`. `nextAttemptAt`: null if Stripe does not retry. */
export type RenewalFailedMailValues = Money & { subscriptionId: string; attempt: string; nextAttemptAt: string | null };

/** For the e-mail that sends a receipt again. `keptMinor`: the amount less refunds and disputes. */
export type ReceiptMailValues = PaymentMailValues & { keptMinor: number };

export type LinkToPayMailValues = Money & { subscriptionId: string };

/** For the e-mail before a renewal. `chargesAt`: ISO 8601. */
export type RenewalUpcomingMailValues = Money & { subscriptionId: string; chargesAt: string };

/** For the e-mail about an expiring card. `expiresAt`: the card's last day, ISO 8601. */
export type CardExpiresMailValues = { subscriptionId: string; expiresAt: string };
/**
 * For the e-mails that confirm a new address. `takesEffectAt`: set only if the supporter can no longer read e-mails to
 * the old address.
 */
export type QueuedAddressChangeMailValues = {
  tokenSealed: string;
  newSealed: string;
  takesEffectAt: string | null;
  /** Not set if the supporter themselves requested the change. */
  by?: "staff" | undefined;
};

/** `isNeutral`: true if the e-mail must not mention gifts. */
export type ErasureDoneMailValues = { isNeutral: boolean };

/** For the warning to staff that the site has been slowing down gifts since `beganAt` (ISO 8601). */
export type RateLimitAlertMailValues = { beganAt: string };

export const BOOKS_CHECK_STATUSES = ["equal", "different", "stale", "never", "failed"] as const;
/**
 * For the daily summary for staff.
 * - `day`: the day of the numbers, such as `2026-11-24`.
 * - `kept`: the day's gifts less what went back, before Stripe's fees; one item per currency. `keptMinor` is null if it
 *   would reveal a single gift. `kept` is null if the totals could not be read.
 * - `waiting`: how many tasks wait for staff. `count` is null if it could not be read. `waiting` is null if the
 *   recipient may not see the tasks.
 * - `answerBy`: the nearest deadline of a dispute, ISO 8601.
 * - `books`: the last comparison of the ledger with Stripe; `failed` if its result could not be read.
 */
export type DailySummaryMailValues = {
  day: string;
  kept: { currency: Currency; payments: number; keptMinor: number | null }[] | null;
  waiting: { kind: StaffTaskKind; count: number | null }[] | null;
  answerBy: string | null;
  books: { state: (typeof BOOKS_CHECK_STATUSES)[number]; checkedAt: string | null };
};

export const MAILED_STAFF_ACCESS_CHANGES = [
  "invited",
  "role-changed",
  "removed",
  "factor-reset",
  "factor-changed",
  "passkey-added",
  "recovery-code-used",
] as const;
/**
 * For e-mails to colleagues about their access. `until`: the expiry of an invitation. `left`: the number of recovery
 * codes that still work.
 */
export type StaffAccessMailValues = {
  news: (typeof MAILED_STAFF_ACCESS_CHANGES)[number];
  role: Role;
  until: string | null;
  left: number | null;
};

/** The terms of a recurring gift. `money`: the amount of one payment. `chargesNextAt`: ISO 8601. */
export type RecurringGiftTerms = { money: Money | null; frequency: RecurringFrequency; chargesNextAt: string | null };

export const MAILED_GIFT_CHANGE_KINDS = [
  "card",
  "amount",
  "frequency",
  "date",
  "paused",
  "resumed",
  "cancelled",
  "undone",
  "ended",
] as const;
export type MailedGiftChangeKind = (typeof MAILED_GIFT_CHANGE_KINDS)[number];

/** For the e-mail about a change of a recurring gift. Times are ISO 8601. */
export type GiftChangedMailValues = {
  recurringGiftId: string;
  subscriptionId: string;
  change: MailedGiftChangeKind;
  before: RecurringGiftTerms;
  after: RecurringGiftTerms;
  resumesAt: string | null;
  endsAt: string | null;
};

export type GiftResumesSoonMailValues = RecurringGiftTerms & {
  recurringGiftId: string;
  subscriptionId: string;
  resumesAt: string;
};

/** `money`: the amount that the link in the e-mail fills into the gift form. */
export type ReminderToGiveMailValues = { reminderId: string; rhythm: Frequency; money: Money | null };

/** For a letter of the newsroom. The text of the letter is read only when the e-mail is sent. */
export type LetterMailValues = { readerId: string; letter: string };

export type MailKindAndValues =
  | { kind: "changed"; values: GiftChangedMailValues }
  | { kind: "resumes"; values: GiftResumesSoonMailValues }
  | { kind: PaymentMailKind; values: PaymentMailValues }
  | { kind: "refunded" | "refund-failed"; values: RefundMailValues }
  | { kind: "sign-in"; values: SignInMailValues }
  | { kind: "reminder-confirm" | "reminder"; values: ReminderToGiveMailValues }
  | { kind: "letter"; values: LetterMailValues }
  | { kind: "renewal-failed"; values: RenewalFailedMailValues }
  | { kind: "renewal-upcoming"; values: RenewalUpcomingMailValues }
  | { kind: "card-expires"; values: CardExpiresMailValues }
  | { kind: "gift-link"; values: GiftLinkMailValues }
  | { kind: "receipt"; values: ReceiptMailValues }
  | { kind: "payment-link"; values: LinkToPayMailValues }
  | { kind: "address-old" | "address-new"; values: QueuedAddressChangeMailValues }
  | { kind: "address-changed" | "address-left"; values: Record<string, never> }
  | { kind: "erased"; values: ErasureDoneMailValues }
  | { kind: "burst"; values: RateLimitAlertMailValues }
  | { kind: "summary"; values: DailySummaryMailValues }
  | { kind: "staff-news"; values: StaffAccessMailValues };

/**
 * The order in which e-mails are sent: the smallest number first. People wait for links, and letters must not delay
 * e-mails about money.
 */
const PRIORITY: Record<MailKindAndValues["kind"], number> = {
  "sign-in": 0,
  "gift-link": 0,
  receipt: 0,
  "payment-link": 0,
  "address-old": 0,
  "address-new": 0,
  "address-changed": 10,
  "address-left": 10,
  erased: 0,
  burst: 0,
  "staff-news": 0,
  "reminder-confirm": 0,
  thanks: 10,
  "debit-pending": 10,
  "debit-bounced": 10,
  refunded: 10,
  "refund-failed": 10,
  changed: 10,
  resumes: 10,
  reminder: 10,
  letter: 20,
  "renewal-failed": 10,
  "renewal-upcoming": 10,
  "card-expires": 20,
  summary: 10,
};

export const MAIL_KINDS = Object.keys(PRIORITY) as MailKindAndValues["kind"][];

/**
 * Queues at most one e-mail per `factKey`. A second call with the same key changes nothing and returns false.
 * `sendAfter`: the earliest time to send it; if not set, it is due now.
 */
export async function queueMail(
  tx: Tx,
  mail: MailKindAndValues & { factKey: string; to: MailRecipient; now: Date; sendAfter?: Date },
): Promise<boolean> {
  const { kind, factKey, to, now, sendAfter = now } = mail;
  return addMail(tx, {
    id: crypto.randomUUID(),
    kind,
    factKey,
    personHash: to.emailHash,
    priority: PRIORITY[kind],
    toSealed: to.emailSealed,
    locale: to.locale,
    values: JSON.stringify(mail.values),
    queuedAt: now,
    sendAfter,
  });
}

/**
 * Makes a failed e-mail due now. Returns false if the e-mail was already sent or given up, is being sent or is already
 * due.
 */
export function makeFailedMailDue(tx: Tx, mail: { id: string; now: Date }): Promise<boolean> {
  return makeMailDueNow(tx, mail);
}

export function paymentMailValues(payment: Payment): PaymentMailValues {
  return {
    paymentId: payment.id,
    ...moneyOf(payment.amountMinor, payment.currency),
    frequency: payment.frequency as OnceOrRecurringFrequency,
    paidAt: payment.paidAt.toISOString(),
    ...(payment.coveredFeeMinor > 0n ? { coveredFeeMinor: amountMinorOf(payment.coveredFeeMinor) } : {}),
  };
}
