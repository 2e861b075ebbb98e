// Generates the gifts that a test simulates. The same seed gives the same gifts.
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
/**
 * Recurring gifts by bank debit: every debit settles, every debit bounces, or the first debit bounces and a card pays
 * instead.
 */
const RECURRING_DEBIT = [
  "recurring-debit-settles",
  "recurring-debit-bounces",
  "recurring-debit-bounces-then-card",
] as const;
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
  "card-expires",
] as const;
/** Scenarios that each need a separate Stripe test clock. */
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
/** Payments for other products on the same account. */
const FOREIGN = ["foreign-once", "foreign-refunded", "foreign-disputed", "foreign-monthly"] as const;

export type GiftScenario =
  | (typeof ONCE)[number]
  | (typeof DEBIT)[number]
  | (typeof RECURRING_DEBIT)[number]
  | (typeof RECURRING)[number]
  | (typeof CLOCKED)[number]
  | (typeof FOREIGN)[number];
export type SimulatedGift = {
  scenario: GiftScenario;
  currency: Currency;
  /** A multiple of ten, because currencies with three decimals require that. */
  amountMinor: number;
  frequency: "once" | "monthly" | "yearly";
  /** The number of the reader who gives. One reader can have several gifts. */
  readerNumber: number;
  article: string | null;
};

const common = {
  currency: fc.constantFrom(...CURRENCIES),
  amountMinor: fc.integer({ min: 50, max: 900 }).map((tens) => tens * 10),
  readerNumber: fc.nat(30),
  article: fc.constantFrom("a_1", "a_2", null),
};
const inEuro = { ...common, currency: fc.constant("EUR" as const) };
const once = fc.constant("once" as const);
const recurring = fc.constantFrom("monthly" as const, "monthly" as const, "yearly" as const);

const life: fc.Arbitrary<SimulatedGift> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ ...common, scenario: fc.constantFrom(...ONCE), frequency: once }) },
  { weight: 1, arbitrary: fc.record({ ...inEuro, scenario: fc.constantFrom(...DEBIT), frequency: once }) },
  {
    weight: 1,
    arbitrary: fc.record({ ...inEuro, scenario: fc.constantFrom(...RECURRING_DEBIT), frequency: recurring }),
  },
  { weight: 4, arbitrary: fc.record({ ...common, scenario: fc.constantFrom(...RECURRING), frequency: recurring }) },
  { weight: 2, arbitrary: fc.record({ ...common, scenario: fc.constantFrom(...CLOCKED), frequency: recurring }) },
  { weight: 1, arbitrary: fc.record({ ...common, scenario: fc.constantFrom(...FOREIGN), frequency: once }) },
);

/** Generates one gift with each scenario, and then `randomGifts` random gifts. */
export function generateSimulatedGifts({ seed, randomGifts }: { seed: number; randomGifts: number }): SimulatedGift[] {
  const [example] = fc.sample(life, { seed, numRuns: 1 });
  if (!example) throw new Error("fast-check generated no gift");
  const each = [...ONCE, ...DEBIT, ...RECURRING_DEBIT, ...RECURRING, ...CLOCKED, ...FOREIGN].map((scenario, n) =>
    withScenario(scenario, { ...example, currency: currencyOf(n) }),
  );
  return [...each, ...fc.sample(life, { seed, numRuns: randomGifts })];
}

function currencyOf(n: number): (typeof CURRENCIES)[number] {
  return CURRENCIES[n % CURRENCIES.length] ?? "USD";
}

function withScenario(scenario: GiftScenario, example: SimulatedGift): SimulatedGift {
  const isRecurring = [...RECURRING_DEBIT, ...RECURRING, ...CLOCKED].some((one) => one === scenario);
  const currency = [...DEBIT, ...RECURRING_DEBIT].some((one) => one === scenario) ? "EUR" : example.currency;
  return {
    ...example,
    scenario,
    currency,
    frequency: !isRecurring ? "once" : scenario === "card-expires" ? "yearly" : "monthly",
  };
}
