// The profile of a simulated history. Amounts are in minor units; the same profile and seed give the same history.
import { z } from "zod";

/** Between 0 (never) and 1 (always). */
const share = z.number().min(0).max(1).default(0);

const sums = z.array(z.int().positive()).min(1);

export const profileSchema = z.strictObject({
  /** The account that gets the history. */
  key: z.string().regex(/^(sk|rk)_(test|live)_\w+$/, "a secret key: sk_test_…"),
  seed: z.string().min(1).default("history"),
  months: z.int().min(1).max(60).default(18),
  /** Unix seconds; the history ends here. Default: now. */
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
  /** One of these is picked for each gift and stored as metadata of its payment or subscription. */
  metadata: z.array(z.record(z.string(), z.string())).default([{}]),
  /** A metadata key that gets a new id for each gift: `prefix` and this many random hex digits. */
  giftId: z
    .strictObject({
      key: z.string().min(1),
      prefix: z.string().default(""),
      hexDigits: z.int().min(1).max(64).default(32),
    })
    .optional(),
  oncePerMonth: z.number().min(0).default(60),
  monthlyStartsPerMonth: z.number().min(0).default(8),
  yearlyStartsPerMonth: z.number().min(0).default(2),
  /** Share of monthly gifts that end in any month. */
  churnPerMonth: z.number().min(0).max(1).default(0.04),
  /** Growth of all rates per month: 0.02 is two percent. */
  growth: z.number().min(-0.5).max(0.5).default(0.02),
  /** Later events of gifts, each as a share of the gifts to which it can happen. */
  shares: z
    .strictObject({
      refunded: share,
      partlyRefunded: share,
      disputed: share,
      /** Share of the closed disputes. */
      disputeWon: share,
      /** Share of first payments in euro made by SEPA debit. */
      bankDebit: share,
      /** Share of the debits. */
      bounced: share,
      /** Share of each recurring gift's renewals with a failed first attempt. */
      failedRenewal: share,
      /** Share of these that succeed later. The others are retried until Stripe gives up. */
      recovered: share,
      /** Share of the periods of a recurring gift. */
      paused: share,
      amountChanged: share,
    })
    .prefault({}),
  /** Cases still open when the history ends, so that staff have something to work on. */
  openAtEnd: z
    .strictObject({
      disputes: z.int().min(0).default(0),
      overdueGifts: z.int().min(0).default(0),
      pendingDebits: z.int().min(0).default(0),
    })
    .prefault({}),
  /** Supporters with known addresses; their gifts begin early and do not end. */
  named: z
    .array(
      z.strictObject({
        email: z.email(),
        interval: z.enum(["once", "month", "year"]),
        currency: z.string().length(3).toLowerCase(),
        amount: z.int().positive(),
        /** Events of this gift, one per period, beginning with its fourth period. */
        story: z.array(z.enum(["raise", "failed-renewal"])).default([]),
      }),
    )
    .default([]),
});

export type HistoryProfile = z.infer<typeof profileSchema>;
