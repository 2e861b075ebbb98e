// How long things are kept that are not the books: the one table of ages. What is not here is kept: payments and entries are the
// newsroom's accounts. systems/forget.ts forgets by it.

const DAY_MS = 24 * 60 * 60 * 1000;

export const AGES_MS = {
  /** The row of a mail that has left or was given up; its address went at once. Longer than any fact may still be written of. */
  mail: 60 * DAY_MS,
  /** Nothing hangs on a link's row once it has run out. */
  signInMail: DAY_MS,
  /** After it has run out: until then its holder can change it for a new one. */
  signInToken: DAY_MS,
  /** After its window. */
  rateLimit: 0,
  /** After its Checkout has closed. */
  giftNeverPaid: 30 * DAY_MS,
  /** Stripe sends an event again for thirty days at most. One that failed waits for a person. */
  receivedEvent: 90 * DAY_MS,
  /** A question about the books of a day is asked within a quarter; the newsroom's page needs the last check alone. */
  booksCheck: 90 * DAY_MS,
  /** After it was corrected: so long its supporter may ask what became of it. */
  endedAddress: 365 * DAY_MS,
} as const;

/** What happened before this moment has reached the age. */
export function agedAt(age: keyof typeof AGES_MS, now: Date): Date {
  return new Date(now.getTime() - AGES_MS[age]);
}
