// How long data outside the accounts is kept. systems/forget.ts deletes by this table. Everything that is not listed stays: payments
// and entries are the newsroom's accounts.

const DAY_MS = 24 * 60 * 60 * 1000;

export const AGES_MS = {
  /** The row of a mail that was sent or given up; its address was deleted at once. Longer than any fact may still cause a mail. */
  mail: 60 * DAY_MS,
  /** The mail of a sign-in link: nothing needs its row once the link has expired. */
  signInMail: DAY_MS,
  /** After it has expired. Until then its holder can exchange it for a new one. */
  signInToken: DAY_MS,
  /** After the end of its window. */
  rateLimit: 0,
  /** After its Checkout has closed. */
  giftNeverPaid: 30 * DAY_MS,
  /** Stripe resends an event for thirty days at most. An event that failed stays until a person has looked. */
  receivedEvent: 90 * DAY_MS,
  /** Questions about one day's books come within a quarter. The newsroom's page needs only the last check. */
  booksCheck: 90 * DAY_MS,
  /** After it was corrected: its supporter may ask about it for that long. */
  endedAddress: 365 * DAY_MS,
  /** Longer than Stripe resends an event, and than a failed one is tried again. Stripe's own objects are marked by then. */
  erasedAddress: 90 * DAY_MS,
} as const;

/** The moment before which everything has reached this age. */
export function agedAt(age: keyof typeof AGES_MS, now: Date): Date {
  return new Date(now.getTime() - AGES_MS[age]);
}
