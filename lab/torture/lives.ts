// The lives that a gift can have, made up by fast-check: the same seed makes up the same lives.
import fc from "fast-check";
import type { Currency } from "../../domain/money";

const CURRENCIES = ["USD", "EUR", "GBP", "JPY", "KWD"] as const satisfies readonly Currency[];

const ONCE = [
  "paid",
  "declined-then-paid",
  "challenged",
  "refunded-in-parts",
  "refunded",
  "refund-fails",
  "refund-waits",
  "dispute-won",
  "dispute-lost",
  "dispute-open",
  "inquiry",
  "abandoned",
] as const;
const DEBIT = ["debit-settles", "debit-bounces", "debit-bounces-then-card"] as const;
/** A promise that is kept by debits: every one settles, every one bounces and is never paid, or a card pays in the first one's place. */
const DEBITED = ["promise-by-debit", "promise-bounces", "promise-bounces-then-card"] as const;
const RECURRING = [
  "renews",
  "amount-changes",
  "cancelled-and-undone",
  "cancelled",
  "cancelled-now",
  "paused-and-resumed",
  "paused",
  "customer-deleted",
  "address-corrected",
  "renewal-refunded",
  "ends-on-a-day-undone",
  "paused-until-a-day",
] as const;
/** These hang on a test clock of their own. */
const CLOCKED = [
  "renews-by-clock",
  "renewal-fails",
  "renewal-recovers",
  "renewal-disputed",
  "credit-pays-a-part",
  "credit-pays-the-first",
  "two-a-month",
  "every-quarter",
  "several-items",
  "switched-to-yearly",
] as const;
/** Another product on the same account. */
const FOREIGN = ["foreign-once", "foreign-refunded", "foreign-disputed", "foreign-monthly"] as const;

export type Deed =
  | (typeof ONCE)[number]
  | (typeof DEBIT)[number]
  | (typeof DEBITED)[number]
  | (typeof RECURRING)[number]
  | (typeof CLOCKED)[number]
  | (typeof FOREIGN)[number];
export type Life = {
  deed: Deed;
  currency: Currency;
  /** A multiple of ten: three-decimal currencies ask for it. */
  amountMinor: number;
  frequency: "once" | "monthly" | "yearly";
  giver: number;
  article: string | null;
};

const particulars = {
  currency: fc.constantFrom(...CURRENCIES),
  amountMinor: fc.integer({ min: 50, max: 900 }).map((tens) => tens * 10),
  giver: fc.nat(30),
  article: fc.constantFrom("a_1", "a_2", null),
};
const inEuro = { ...particulars, currency: fc.constant("EUR" as const) };
const once = fc.constant("once" as const);
const recurring = fc.constantFrom("monthly" as const, "monthly" as const, "yearly" as const);

const life: fc.Arbitrary<Life> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ ...particulars, deed: fc.constantFrom(...ONCE), frequency: once }) },
  { weight: 1, arbitrary: fc.record({ ...inEuro, deed: fc.constantFrom(...DEBIT), frequency: once }) },
  { weight: 1, arbitrary: fc.record({ ...inEuro, deed: fc.constantFrom(...DEBITED), frequency: recurring }) },
  { weight: 4, arbitrary: fc.record({ ...particulars, deed: fc.constantFrom(...RECURRING), frequency: recurring }) },
  { weight: 2, arbitrary: fc.record({ ...particulars, deed: fc.constantFrom(...CLOCKED), frequency: recurring }) },
  { weight: 1, arbitrary: fc.record({ ...particulars, deed: fc.constantFrom(...FOREIGN), frequency: once }) },
);

/** One life of each kind, then as many more as are asked for. */
export function livesOf({ seed, more }: { seed: number; more: number }): Life[] {
  const [example] = fc.sample(life, { seed, numRuns: 1 });
  if (!example) throw new Error("nothing was made up");
  const each = [...ONCE, ...DEBIT, ...DEBITED, ...RECURRING, ...CLOCKED, ...FOREIGN].map((deed, n) =>
    asDeed(deed, { ...example, currency: currencyOf(n) }),
  );
  return [...each, ...fc.sample(life, { seed, numRuns: more })];
}

function currencyOf(n: number): (typeof CURRENCIES)[number] {
  return CURRENCIES[n % CURRENCIES.length] ?? "USD";
}

function asDeed(deed: Deed, example: Life): Life {
  const isRecurring = [...DEBITED, ...RECURRING, ...CLOCKED].some((one) => one === deed);
  const currency = [...DEBIT, ...DEBITED].some((one) => one === deed) ? "EUR" : example.currency;
  return { ...example, deed, currency, frequency: isRecurring ? "monthly" : "once" };
}
