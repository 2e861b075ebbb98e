// How long data outside the accounts is kept. systems/forget.ts deletes by this table. Data that is not listed here stays: payments
// and entries are the newsroom's accounts.

const DAY_MS = 24 * 60 * 60 * 1000;

export const AGES_MS = {
  /**
   * The row of a mail that was sent or given up; its address was deleted at once. Longer than the time in which a fact may still
   * cause a mail.
   */
  mail: 60 * DAY_MS,
  /** The row of a sign-in mail. Nothing needs it once the link has expired. */
  signInMail: DAY_MS,
  /** A sign-in token, counted from its expiry. Until it is deleted, its holder can exchange it for a new one. */
  signInToken: DAY_MS,
  /** A rate limit's count, from the end of its window. */
  rateLimit: 0,
  /** A reminder that the owner of the mailbox has not confirmed: somebody else may have typed the address. */
  unconfirmedReminder: 2 * DAY_MS,
  /** A free seat, counted from its end: staff may still renew it. */
  endedFreeSeat: 30 * DAY_MS,
  /** A gift that was never paid, counted from the end of its Checkout. */
  giftNeverPaid: 30 * DAY_MS,
  /** A received event: Stripe resends it for thirty days at most. An event that failed stays until a person has looked. */
  receivedEvent: 90 * DAY_MS,
  /** A books check: questions about one day's books come within a quarter. The newsroom's page needs only the last check. */
  booksCheck: 90 * DAY_MS,
  /** A corrected address, counted from its correction: its supporter may ask about it for that long. */
  endedAddress: 365 * DAY_MS,
  /** A removed colleague, counted from the removal: the log can name them for that long. */
  removedColleague: 365 * DAY_MS,
  /** Sums of what devices reported about the appeal: long enough to compare a week with the same week last year. */
  appealCount: 400 * DAY_MS,
  /** Text that a colleague typed in a form of an appeal and never saved. */
  appealDraft: 90 * DAY_MS,
  /** Notes sent to the newsroom's chat. Kept longer than an item can wait, so that the chat hears of it once. */
  chatNote: 400 * DAY_MS,
  /** Evidence for a dispute, counted from its last change: banks decide within 75 days. */
  disputeDraft: 90 * DAY_MS,
  /**
   * A message that came with a gift, counted from its last change by its writer. A published one stays until somebody withdraws it. A
   * message is only taken once the ledger has the payment, so there is none of a gift that was never paid.
   */
  giftMessage: 365 * DAY_MS,
  /** The mark of a colleague who took an item in the queue, or marked it as done. An item that is still there after this time waits again. */
  workItem: 400 * DAY_MS,
  /** The hash of an erased address, kept for longer than Stripe resends an event and we retry a failed one. */
  erasedAddress: 90 * DAY_MS,
} as const;

/** Data from this moment or earlier has reached the age. */
export function cutoffFor(age: keyof typeof AGES_MS, now: Date): Date {
  return new Date(now.getTime() - AGES_MS[age]);
}
