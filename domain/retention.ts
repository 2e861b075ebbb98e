// How long each kind of data is kept, in milliseconds. Payments and entries are never deleted, because they are the
// newsroom's accounts.

const DAY_MS = 24 * 60 * 60 * 1000;

export const RETENTION_MS_BY_ROW_KIND = {
  /** The row of a sent or abandoned e-mail: with it, a repeated Stripe event does not send the e-mail twice. */
  mail: 60 * DAY_MS,
  /** The row of a sign-in e-mail. Nothing needs the row once the link has expired. */
  signInMail: DAY_MS,
  /** A sign-in token, counted from its expiry. */
  signInToken: DAY_MS,
  /** The counter of a rate limit. It can be deleted as soon as its time window has ended. */
  rateLimit: 0,
  /** A reminder that the owner of the mailbox has not confirmed. Somebody else could have typed the address. */
  unconfirmedReminder: 2 * DAY_MS,
  /** Free access to the newsroom's letters, counted from its last day. Until it is deleted, staff can renew it. */
  endedFreeSeat: 30 * DAY_MS,
  /** A gift that was never paid, counted from the end of its Stripe Checkout session. */
  giftNeverPaid: 30 * DAY_MS,
  /**
   * The id of a received event, unless the event is a dead letter. Stripe can resend an event for at most thirty days.
   */
  receivedEvent: 90 * DAY_MS,
  booksCheck: 90 * DAY_MS,
  /** An old e-mail address that a supporter replaced, counted from the change. */
  endedAddress: 365 * DAY_MS,
  /** A removed colleague, counted from the removal. Until the row is deleted, the audit log shows their name. */
  removedColleague: 365 * DAY_MS,
  /**
   * Counts of what devices reported about the appeal. They are kept long enough to compare a week with the same week of
   * the year before.
   */
  appealCount: 400 * DAY_MS,
  appealDraft: 90 * DAY_MS,
  /** The record of a message in the newsroom's chat. It prevents a second message about the same task. */
  chatNote: 400 * DAY_MS,
  /** A draft of evidence for a dispute, counted from its last change. */
  disputeDraft: 90 * DAY_MS,
  /** A message that came with a gift and is not published, counted from its last change by its writer. */
  giftMessage: 365 * DAY_MS,
  /** A colleague's claim on a task, or the mark that it is done. */
  workItem: 400 * DAY_MS,
  /**
   * The hash of an erased e-mail address. Stripe can resend an event about the person for up to thirty days. The hash
   * must not be deleted before that.
   */
  erasedAddress: 90 * DAY_MS,
} as const;

export function retentionCutoff(kind: keyof typeof RETENTION_MS_BY_ROW_KIND, now: Date): Date {
  return new Date(now.getTime() - RETENTION_MS_BY_ROW_KIND[kind]);
}
