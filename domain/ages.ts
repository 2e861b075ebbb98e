// How long each kind of data is kept, in milliseconds. systems/forget.ts deletes older data. Data that is not listed here stays:
// payments and entries, for example, are the newsroom's accounts.

const DAY_MS = 24 * 60 * 60 * 1000;

export const RETENTION_MS = {
  /**
   * The row of a mail that was sent, or that could not be sent; its e-mail address was deleted at once. Kept longer than the time in
   * which a repeated fact may ask for the same mail again.
   */
  mail: 60 * DAY_MS,
  /** The row of a sign-in mail. Nothing needs it once the link has expired. */
  signInMail: DAY_MS,
  /** A sign-in token, counted from its expiry. Until it is deleted, its holder can ask for a new link with it. */
  signInToken: DAY_MS,
  /** A rate limit's count, from the end of its window. */
  rateLimit: 0,
  /** A reminder that the owner of the mailbox has not confirmed: somebody else may have typed the e-mail address. */
  unconfirmedReminder: 2 * DAY_MS,
  /** A free seat, counted from its end. Until it is deleted, staff may renew it. */
  endedFreeSeat: 30 * DAY_MS,
  /** A gift that was never paid, counted from the end of its Checkout. */
  giftNeverPaid: 30 * DAY_MS,
  /** A recorded event: Stripe resends an event for at most thirty days. An event that failed stays until a person has handled it. */
  receivedEvent: 90 * DAY_MS,
  /** The result of a books check: questions about one day's books come within three months. */
  booksCheck: 90 * DAY_MS,
  /** An old e-mail address that a supporter replaced, counted from the change: they may ask about it for that long. */
  endedAddress: 365 * DAY_MS,
  /** A removed colleague, counted from the removal. Until then the log shows their name. */
  removedColleague: 365 * DAY_MS,
  /** Counts of what devices reported about the appeal: long enough to compare a week with the same week last year. */
  appealCount: 400 * DAY_MS,
  /** Text that a colleague typed into an appeal's form and never saved. */
  appealDraft: 90 * DAY_MS,
  /** The record of a note sent to the newsroom's chat. Kept longer than an item can wait, so that the chat gets one note about it. */
  chatNote: 400 * DAY_MS,
  /** Evidence for a dispute, counted from its last change: banks decide within 75 days. */
  disputeDraft: 90 * DAY_MS,
  /**
   * A message that came with a gift, counted from its last change by its writer. A published message stays until somebody withdraws it.
   */
  giftMessage: 365 * DAY_MS,
  /** A colleague's claim or "done" on an item in the queue. An item that is still in the queue after this time waits again. */
  workItem: 400 * DAY_MS,
  /** The hash of an erased e-mail address. Kept longer than Stripe resends an event and longer than we retry a failed event. */
  erasedAddress: 90 * DAY_MS,
} as const;

/** Returns the time before which data exceeds this age. */
export function retentionCutoff(age: keyof typeof RETENTION_MS, now: Date): Date {
  return new Date(now.getTime() - RETENTION_MS[age]);
}
