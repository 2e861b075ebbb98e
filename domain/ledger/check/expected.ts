// Derives from facts the rows that the ledger should have. Repeats the rules for recording facts in its own code
// (except exposureColumns), so that the comparison finds mistakes in the recording.
import { exposureColumns } from "../../appeal/exposure";
import type {
  BalanceTransactionReported,
  Fact,
  PaymentOfSingleGift,
  RecurringGiftChange,
  RecurringPayment,
  RefundReported,
} from "../fact";
import {
  type ComparableRow,
  ERASED_SUPPORTER_PLACEHOLDER,
  NOT_ERASED_AT_STRIPE_PLACEHOLDER,
  READDRESSED_SUPPORTER_PLACEHOLDER,
  SUPPORTER_COLUMN_OF_COMPARABLE_ROWS,
} from "./row";

type HashOf = (email: string) => string | null;

export function expectedRows(fact: Fact, hashOf: HashOf): ComparableRow[] {
  switch (fact.kind) {
    case "single-payment":
      return singlePayment(fact, hashOf);
    case "recurring-payment":
      return recurringPayment(fact, hashOf);
    case "payment-linked":
      return [{ place: "payment", key: fact.invoiceId, columns: { paymentIntentId: fact.paymentIntentId } }];
    case "payment-charged":
      return [
        { place: "payment", key: fact.paymentIntentId, columns: { chargeId: fact.chargeId, ...amountOf(fact.money) } },
      ];
    case "refund":
      return refund(fact);
    case "dispute": {
      const { disputeId: key, paymentIntentId, money, status, reason, openedAt, answerBy } = fact;
      const times = { openedAt: text(openedAt), answerBy: text(answerBy) };
      return [{ place: "dispute", key, columns: { paymentIntentId, ...amountOf(money), status, reason, ...times } }];
    }
    case "balance-moved":
      return balance(fact);
    case "payout": {
      const { payoutId: key, money, status, arrivesAt, createdAt } = fact;
      const times = { arrivesAt: text(arrivesAt), createdAt: text(createdAt) };
      return [{ place: "payout", key, columns: { ...amountOf(money), status, ...times } }];
    }
    case "payout-listed": {
      const { payoutId, balanceTransactionIds } = fact;
      return balanceTransactionIds.map((key) => ({ place: "payout-entry", key, columns: { payoutId } }));
    }
    case "recurring-gift-changed": {
      const {
        subscriptionId: key,
        money,
        origin,
        email,
        paymentMethodId: _,
        cardExpiresAt: __,
        periodStartedAt: ___,
        ...state
      } = fact.state;
      const texts = Object.fromEntries(Object.entries(state).map(([name, value]) => [name, asText(value)]));
      const supporter = supporterOf({ email: email ?? null, origin }, hashOf);
      const columns = { ...amountOf(money), ...coveredOf(fact.state), ...texts, ...attribution(origin), ...supporter };
      const gift: ComparableRow = { place: "recurring-gift", key, columns };
      return [gift, ...fact.notes.map((each) => note(key, each))];
    }
    case "attempt-failed": {
      const { key, money, code, failedAt, subscriptionId } = fact;
      return [
        { place: "attempt", key, columns: { ...amountOf(money), code, subscriptionId, failedAt: text(failedAt) } },
      ];
    }
    default:
      return [];
  }
}

function singlePayment(fact: PaymentOfSingleGift, hashOf: HashOf): ComparableRow[] {
  const { paymentIntentId: key, money, status, charge, paidAt, email, origin } = fact;
  const charged: ComparableRow["columns"] = charge ? { chargeId: charge.chargeId, paidAt: text(paidAt) } : {};
  const supporter = supporterOf({ email, origin }, hashOf, READDRESSED_SUPPORTER_PLACEHOLDER);
  const columns = {
    ...amountOf(money),
    ...coveredOf(fact),
    status,
    frequency: "once",
    ...placed(origin),
    ...exposureTexts(origin),
    ...charged,
    ...supporter,
  };
  const payment: ComparableRow = { place: "payment", key, columns };
  if (!charge) return [payment];
  return [
    payment,
    entry(`payment:${key}`, { kind: "payment", of: key, amount: money.amountMinor, ...money, at: paidAt }),
  ];
}

function recurringPayment(fact: RecurringPayment, hashOf: HashOf): ComparableRow[] {
  const { invoiceId: key, subscriptionId, status, money, frequency, paidAt, origin } = fact;
  const supporter = supporterOf(
    { email: fact.isEmailCurrent ? fact.email : null, origin },
    hashOf,
    ERASED_SUPPORTER_PLACEHOLDER,
  );
  const details = { status, frequency, subscriptionId, paidAt: text(paidAt) };
  const amounts = { ...amountOf(money), ...coveredOf(fact) };
  const columns = { ...amounts, ...details, ...placed(origin), ...exposureTexts(origin), ...supporter };
  const payment: ComparableRow = { place: "payment", key, columns };
  if (status !== "succeeded") return [payment];
  return [
    payment,
    entry(`payment:${key}`, { kind: "payment", of: key, amount: money.amountMinor, ...money, at: paidAt }),
  ];
}

function refund(fact: RefundReported): ComparableRow[] {
  const { refundId: key, paymentIntentId, money, status, reason, refundedAt } = fact;
  const columns = { paymentIntentId, ...amountOf(money), status, reason, refundedAt: text(refundedAt) };
  const out = { kind: "refund", of: paymentIntentId, amount: -money.amountMinor, ...money, at: refundedAt };
  const back = { ...out, kind: "refund-returned", amount: money.amountMinor };
  return [
    { place: "refund", key, columns },
    entry(`refund:${key}`, out),
    ...(status === "failed" || status === "canceled" ? [entry(`refund-returned:${key}`, back)] : []),
  ];
}

function balance(fact: BalanceTransactionReported): ComparableRow[] {
  const { balanceTransactionId: key, paymentIntentId, entryKind: kind, sourceId, money, settled, movedAt } = fact;
  const { amountMinor, feeMinor, netMinor, currency } = settled;
  const sums = { amountMinor: String(amountMinor), feeMinor: String(feeMinor), netMinor: String(netMinor), currency };
  const moved: ComparableRow = {
    place: "balance",
    key,
    columns: { kind, sourceId, ...sums, of: paymentIntentId, occurredAt: text(movedAt) },
  };
  if (kind !== "dispute" && kind !== "dispute-returned") return [moved];
  const amount = kind === "dispute" ? -money.amountMinor : money.amountMinor;
  return [moved, entry(`${kind}:${key}`, { kind, of: paymentIntentId, amount, ...money, at: movedAt })];
}

/**
 * Returns the row that the ledger should have about a change of a recurring gift. Includes the reason only for a change
 * of the kind `ended`, so the check compares reasons only for this kind. Until the gift ends, Stripe can replace the
 * reason, but the ledger keeps the first one.
 */
function note(
  subscriptionId: string,
  { key, kind, money, frequency, reason, notedAt }: RecurringGiftChange,
): ComparableRow {
  const why: ComparableRow["columns"] = kind === "ended" ? { reason } : {};
  const terms = money ? { ...amountOf(money), frequency } : {};
  const columns = { subscriptionId, kind, ...terms, ...why, notedAt: text(notedAt) };
  return { place: "recurring-note", key, columns };
}

type ExpectedEntry = { kind: string; of: string; amount: number; currency: string; at: Date };

function entry(key: string, { kind, of, amount, currency, at }: ExpectedEntry): ComparableRow {
  return { place: "entry", key, columns: { kind, of, amountMinor: String(amount), currency, occurredAt: text(at) } };
}

function asText(value: Date | number | string | null): string | null {
  if (value instanceof Date) return text(value);
  return value === null ? null : String(value);
}

/**
 * Returns the supporter column (row.ts): the ledger's row must have one of its words. If the metadata records an erasure, or a single gift's change of address, the only word says so. Otherwise the words are the hash of `email`, `unmarked` and `or`. If `email` is null in that case, returns {}, so that the supporter is not compared.
 */
function supporterOf(
  { email, origin }: { email: string | null; origin: PaymentOfSingleGift["origin"] },
  hashOf: HashOf,
  or = "",
): ComparableRow["columns"] {
  if (origin.erasedAt) return { [SUPPORTER_COLUMN_OF_COMPARABLE_ROWS]: ERASED_SUPPORTER_PLACEHOLDER };
  if (or === READDRESSED_SUPPORTER_PLACEHOLDER && origin.readdressedAt)
    return { [SUPPORTER_COLUMN_OF_COMPARABLE_ROWS]: READDRESSED_SUPPORTER_PLACEHOLDER };
  const hash = email ? hashOf(email) : null;
  return hash
    ? { [SUPPORTER_COLUMN_OF_COMPARABLE_ROWS]: `${hash} ${NOT_ERASED_AT_STRIPE_PLACEHOLDER} ${or}`.trimEnd() }
    : {};
}

function attribution({ article, appeal, variant }: PaymentOfSingleGift["origin"]) {
  return { article, appeal, variant };
}

function placed(origin: PaymentOfSingleGift["origin"]) {
  return { ...attribution(origin), placement: origin.placement };
}

function exposureTexts({ exposure }: PaymentOfSingleGift["origin"]) {
  const { experiment, arm, exposedOn } = exposureColumns(exposure);
  return { experiment, arm, exposedOn: exposedOn === null ? null : String(exposedOn) };
}

/**
 * Returns the covered fee from the metadata. Returns zero if it was calculated for another amount than `money`.
 */
function coveredOf({ money, origin }: Pick<PaymentOfSingleGift, "money" | "origin">) {
  const { coveredMinor = 0, wholeMinor } = origin.coveredFee ?? {};
  return { coveredFeeMinor: wholeMinor === money.amountMinor ? String(coveredMinor) : "0" };
}

function amountOf({ amountMinor, currency }: { amountMinor: number; currency: string }) {
  return { amountMinor: String(amountMinor), currency };
}

function text(date: Date): string;
function text(date: Date | null): string | null;
function text(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
