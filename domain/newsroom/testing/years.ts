// Generates gifts from GENERATED_YEARS_BEGIN_MS to GENERATED_YEARS_END_MS as Stripe would report them. For each
// recurring gift, also generates the changes of its value (RecurringMovement) that the ledger must find.
import type {
  BalanceTransactionReported,
  Fact,
  ParsedGiftMetadata,
  PaymentOfSingleGift,
  RecurringGiftAtStripe,
} from "../../ledger/fact";
import { sampleMonthlyGift } from "../../ledger/testing/books";
import type { Money } from "../../money";
import { generatedAmountStep, newRandom } from "./chance";
import { type ExpectedRecurringMovement, simulateGiftHistory } from "./gift-history";

export const GENERATED_YEARS_BEGIN_MS = Date.UTC(2024, 8, 1);
export const GENERATED_YEARS_END_MS = Date.UTC(2026, 10, 20);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CURRENCIES = ["USD", "EUR", "GBP", "JPY", "KWD"] as const;
type Code = (typeof CURRENCIES)[number];
/**
 * The currencies that the generated Stripe account settles without conversion. It converts payments in other currencies
 * to dollars, at a rate that changes daily.
 */
const SETTLED_AS_GIVEN: readonly string[] = ["USD", "EUR"];

export type GeneratedYearsOfGifts = {
  facts: Fact[];
  states: RecurringGiftAtStripe[];
  movements: ExpectedRecurringMovement[];
};

/**
 * Generates the gifts of `people` supporters. The same seed gives the same gifts. The facts can be recorded in any
 * order.
 */
export function generateYearsOfGifts({ seed, people }: { seed: number; people: number }): GeneratedYearsOfGifts {
  const chance = newRandom(seed);
  const years: GeneratedYearsOfGifts = { facts: [], states: [], movements: [] };
  for (let person = 0; person < people; person++) {
    const email = chance.isOneIn(25) ? null : `reader-${person}@example.org`;
    for (let n = chance.below(4); n > 0; n--) giveOnce(years, { chance, email, id: `${person}x${n}` });
    let at = GENERATED_YEARS_BEGIN_MS + chance.below(500) * DAY;
    for (let n = 0; n < 3 && chance.isOneIn(n === 0 ? 2 : 1) && at < GENERATED_YEARS_END_MS - 120 * DAY; n++) {
      const first = years.movements.length;
      at = giveRegularly(years, { chance, email, id: `${person}r${n}`, at }) + (10 + chance.below(60)) * DAY;
      const begun = years.movements[first];
      if (n > 0 && email && begun) begun.kind = "returned";
    }
  }
  return years;
}

type Chance = ReturnType<typeof newRandom>;
type Given = { chance: Chance; email: string | null; id: string };

function giveOnce({ facts }: GeneratedYearsOfGifts, { chance, email, id }: Given): void {
  const at = new Date(
    GENERATED_YEARS_BEGIN_MS + chance.below((GENERATED_YEARS_END_MS - GENERATED_YEARS_BEGIN_MS) / HOUR) * HOUR,
  );
  const isDebit = chance.isOneIn(8);
  const currency = isDebit ? "EUR" : chance.of(CURRENCIES);
  const money = { amountMinor: (5 + chance.below(40)) * generatedAmountStep(currency), currency };
  const paid: PaymentOfSingleGift = {
    ...{ kind: "single-payment", paymentIntentId: `pi_${id}`, money, status: "succeeded", reportedAt: at, paidAt: at },
    ...{ charge: { chargeId: `ch_${id}` }, email: null, origin: covering(originOf(chance), money) },
  };
  const named = { ...paid, charge: null, email, paidAt: new Date(at.getTime() + 20_000) };
  const about = { id, chance, money, at };
  if (!isDebit) {
    facts.push(paid, named, settledBy(about));
    goBack(facts, about);
    return;
  }
  facts.push({ ...named, status: "pending", paidAt: at }, settledBy(about));
  if (chance.isOneIn(3)) return;
  const later = new Date(at.getTime() + 4 * DAY);
  facts.push({ ...named, status: "failed", paidAt: at });
  facts.push({
    ...settledBy({ ...about, at: later }),
    entryKind: "payment-returned",
    balanceTransactionId: `txn_back_${id}`,
  });
}

type About = { id: string; chance: Chance; money: { amountMinor: number; currency: Code }; at: Date };

/** Adds a refund (in part, in full or failed) or a dispute (lost or won) to the payment, or more often nothing. */
function goBack(facts: Fact[], { id, chance, money, at }: About): void {
  const later = new Date(at.getTime() + (1 + chance.below(40)) * DAY);
  const common = { paymentIntentId: `pi_${id}`, reason: null };
  if (chance.isOneIn(6)) {
    const status = chance.isOneIn(4) ? ("failed" as const) : ("succeeded" as const);
    const part = {
      ...money,
      amountMinor: chance.isOneIn(2) ? money.amountMinor : generatedAmountStep(money.currency),
    };
    facts.push({ kind: "refund", refundId: `re_${id}`, ...common, money: part, status, refundedAt: later });
    return;
  }
  if (!chance.isOneIn(12)) return;
  const taken = settledBy({ id, chance, money: { ...money, amountMinor: money.amountMinor }, at: later });
  const settled = { ...taken.settled, amountMinor: -taken.settled.amountMinor, feeMinor: 1500 };
  const netMinor = settled.amountMinor - 1500;
  const dispute = {
    ...taken,
    entryKind: "dispute" as const,
    balanceTransactionId: `txn_dp_${id}`,
    sourceId: `dp_${id}`,
  };
  facts.push({ ...dispute, settled: { ...settled, netMinor } });
  if (chance.isOneIn(2)) return;
  const back = { ...taken.settled, feeMinor: 0, netMinor: taken.settled.amountMinor };
  const movedAt = new Date(later.getTime() + 30 * DAY);
  const won = { ...dispute, entryKind: "dispute-returned" as const, balanceTransactionId: `txn_won_${id}` };
  facts.push({ ...won, settled: back, movedAt });
}

/** Generates a recurring gift. Returns the time at which it ended, or GENERATED_YEARS_END_MS if it did not end. */
function giveRegularly(years: GeneratedYearsOfGifts, { chance, email, id, at }: Given & { at: number }): number {
  const currency = chance.of(CURRENCIES);
  const baseAmount = { amountMinor: (5 + chance.below(20)) * generatedAmountStep(currency), currency };
  const history = simulateGiftHistory({
    chance,
    id,
    baseAmount,
    startedAt: new Date(at + chance.below(24) * HOUR),
    until: new Date(GENERATED_YEARS_END_MS),
  });
  const origin = originOf(chance);
  const cardExpiresAt = new Date(GENERATED_YEARS_END_MS + (chance.below(6) - 2) * 10 * DAY);
  const state: RecurringGiftAtStripe = {
    ...sampleMonthlyGift,
    ...history.state,
    email,
    origin,
    customerId: `cus_${id}`,
    cardExpiresAt,
  };
  const { email: _, ...reported } = state;
  years.states.push(state);
  years.movements.push(...history.movements);
  for (const note of history.notes)
    years.facts.push({ kind: "recurring-gift-changed", state: reported, notes: [note] });
  for (const [n, { paidAt, money, frequency }] of history.payments.entries()) {
    const of = { invoiceId: `in_${id}_${n}`, paymentIntentId: `pi_${id}_${n}` };
    const about = { id: `${id}_${n}`, chance, money: money as About["money"], at: paidAt };
    years.facts.push(
      {
        ...{ kind: "recurring-payment", ...of, subscriptionId: state.subscriptionId, status: "succeeded", money },
        ...{ frequency, paidAt, customerId: state.customerId, email, isEmailCurrent: false },
        origin: covering(origin, money),
      },
      { kind: "payment-linked", ...of, isPaid: true },
      { kind: "payment-charged", paymentIntentId: of.paymentIntentId, chargeId: `ch_${id}_${n}`, money },
      settledBy(about),
    );
    goBack(years.facts, about);
  }
  return state.endedAt?.getTime() ?? GENERATED_YEARS_END_MS;
}

function settledBy({ id, money, at }: About): BalanceTransactionReported {
  const isAsGiven = SETTLED_AS_GIVEN.includes(money.currency);
  const perHundred = isAsGiven ? 100 : 60 + (Math.floor(at.getTime() / DAY) % 17);
  const amountMinor = Math.round((money.amountMinor * perHundred) / 100);
  const feeMinor = 30 + Math.round(amountMinor / 35);
  const currency = isAsGiven ? money.currency : "USD";
  return {
    ...{ kind: "balance-moved", balanceTransactionId: `txn_${id}`, paymentIntentId: `pi_${id}`, entryKind: "payment" },
    ...{ sourceId: `ch_${id}`, money, settled: { currency, amountMinor, feeMinor, netMinor: amountMinor - feeMinor } },
    movedAt: new Date(at.getTime() + 1_000),
  };
}

/**
 * Adds a covered fee if the gift came from the article `a_1`. If the amount is divisible by seven, the gift's metadata
 * contains another total, so the ledger must not count the fee as covered.
 */
function covering(origin: ParsedGiftMetadata, { amountMinor }: Money): ParsedGiftMetadata {
  if (origin.article !== "a_1") return origin;
  const wholeMinor = amountMinor % 7 === 0 ? amountMinor + 1 : amountMinor;
  return { ...origin, coveredFee: { coveredMinor: Math.ceil(amountMinor / 20), wholeMinor } };
}

function originOf(chance: Chance): ParsedGiftMetadata {
  return {
    ...{
      giftId: "g_1",
      article: chance.of(["a_1", "a_2", "a/3", null]),
      appeal: chance.of(["standard", "winter", null]),
    },
    ...{ variant: chance.of(["a", "b"]), placement: chance.of(["give", "banner", "article-end", null]), locale: "en" },
  };
}
