// The profile of a simulated history. Amounts are in minor units. The same profile gives the same history, if it sets
// `endsAt`.
import { z } from "zod";

/** A share between 0 (never) and 1 (always). */
const share = z.number().min(0).max(1).default(0);

const sums = z.array(z.int().positive()).min(1);

export const historyProfileSchema = z.strictObject({
  /** The secret key of the account that gets the history. */
  key: z.string().regex(/^(sk|rk)_(test|live)_\w+$/, "a secret key: sk_test_…"),
  seed: z.string().min(1).default("history"),
  months: z.int().min(1).max(60).default(18),
  /** The end of the history, in Unix seconds. Default: now. */
  endsAt: z.int().positive().optional(),
  product: z.strictObject({ id: z.string().min(1), name: z.string().min(1) }),
  currencies: z
    .array(
      z.strictObject({
        currency: z.string().length(3).toLowerCase(),
        weight: z.number().positive(),
        once: sums,
        month: sums,
        year: sums,
      }),
    )
    .min(1),
  /**
   * For each gift, one of these records is picked at random. The record becomes the metadata of the gift's payment or
   * subscription.
   */
  metadata: z.array(z.record(z.string(), z.string())).default([{}]),
  /** Adds this metadata key with a new id to each gift. The id is `prefix` and `hexDigits` random hex digits. */
  giftId: z
    .strictObject({
      key: z.string().min(1),
      prefix: z.string().default(""),
      hexDigits: z.int().min(1).max(64).default(32),
    })
    .optional(),
  /**
   * Amounts that some readers add to their gifts, for example for the card fee. Readers in `named` add nothing.
   * `share`: how many of the gifts with an amount listed in `amounts` have an addition, from 0 to 1. Such a gift
   * charges `whole` instead of `amount`, and its metadata also contains `metadata`. If its amount changes later, the
   * entry of `amounts` for the new amount applies, if there is one.
   */
  additions: z
    .strictObject({
      share,
      amounts: z
        .array(
          z.strictObject({
            currency: z.string().length(3).toLowerCase(),
            amount: z.int().positive(),
            whole: z.int().positive(),
            metadata: z.record(z.string(), z.string()),
          }),
        )
        .default([]),
    })
    .prefault({}),
  /**
   * The largest number of readers besides those in `named`. Once this number is reached, only earlier readers give. Each reader
   * begins at most one recurring gift.
   */
  readers: z.int().positive().optional(),
  oncePerMonth: z.number().min(0).default(60),
  monthlyStartsPerMonth: z.number().min(0).default(8),
  yearlyStartsPerMonth: z.number().min(0).default(2),
  /**
   * The share of monthly gifts that end in each month. Of the yearly gifts, five times this share end in each year, but
   * at most half of them.
   */
  churnPerMonth: z.number().min(0).max(1).default(0.04),
  /** The growth of the number of new gifts from month to month: 0.02 is two percent. */
  growth: z.number().min(-0.5).max(0.5).default(0.02),
  shares: z
    .strictObject({
      refunded: share,
      partlyRefunded: share,
      disputed: share,
      /** The share of the closed disputes that the account wins. */
      disputeWon: share,
      /** The share of first payments in euro that are SEPA debits. */
      bankDebit: share,
      /** The share of the SEPA debits that the bank refuses. */
      bounced: share,
      /** The share of renewals whose first attempt fails. */
      failedRenewal: share,
      /** The share of failed renewals that a later attempt pays. For the others, all attempts fail. */
      recovered: share,
      /** The share of a recurring gift's periods in which the supporter pauses it. */
      paused: share,
      /** The share of all periods of recurring gifts in which the supporter changes the gift's amount. */
      amountChanged: share,
    })
    .prefault({}),
  openAtEnd: z
    .strictObject({
      disputes: z.int().min(0).default(0),
      overdueGifts: z.int().min(0).default(0),
      pendingDebits: z.int().min(0).default(0),
    })
    .prefault({}),
  /** Supporters whose e-mail addresses the profile sets. Their gifts begin early in the history and do not end. */
  named: z
    .array(
      z.strictObject({
        email: z.email(),
        interval: z.enum(["once", "month", "year"]),
        currency: z.string().length(3).toLowerCase(),
        amount: z.int().positive(),
        /** Events of this gift, one per period, beginning with its fourth period. */
        incidents: z.array(z.enum(["raise", "failed-renewal"])).default([]),
      }),
    )
    .default([]),
});

export type HistoryProfile = z.infer<typeof historyProfileSchema>;
