// Yearly statements. Each entry is in the year in which it was made, so a refund never changes the sums of a past year
// (docs/decisions/013-receipts-and-statements.md).
import type { Entry, Payment, Refund } from "../../generated/sqlite/client";
import { dayOn } from "../calendar";
import type { Db } from "../database";
import { coveredFeeOf } from "../giving/covered-fee";
import type { OnceOrRecurringFrequency } from "../giving/frequency";
import { addMoney, type Currency, currencyFromStripe, type Money, moneyOf } from "../money";
import { compareByTime, listRefundsAndDisputes, type RefundOrDisputeKind } from "./amendments";
import { selectPaymentsWithEntries } from "./store";

export type StatementLine = {
  id: string;
  kind: "given" | "on-its-way" | RefundOrDisputeKind;
  money: Money;
  coveredFee?: Money | null;
  at: Date;
  paymentId: string;
  frequency: OnceOrRecurringFrequency;
  paidAt: Date;
};

export type StatementInOneCurrency = {
  currency: Currency;
  lines: StatementLine[];
  given: Money;
  returned: Money;
  /**
   * The sum of `given` and `returned`. Money that left the newsroom is negative in `returned`. So `total` is negative
   * if more was returned than given in the year.
   */
  total: Money;
  /**
   * Lines that no sum includes: pending bank debits of the year, and later years' refunds and disputes of this year's
   * gifts.
   */
  uncounted: StatementLine[];
};

export type Statement = { year: number; currencies: StatementInOneCurrency[] };

export type PaymentWithEntries = Payment & { entries: Entry[]; refunds: Pick<Refund, "id" | "status">[] };

export function listPaymentsWithEntries(db: Db, supporterId: string): Promise<PaymentWithEntries[]> {
  return selectPaymentsWithEntries(db, { supporterId });
}

export function statementYears(payments: readonly PaymentWithEntries[], timeZone: string): number[] {
  const years = payments.flatMap(linesOf).map(({ at }) => yearOn(at, timeZone));
  return [...new Set(years)].sort((a, b) => b - a);
}

/** Returns the statement of a year; null if the year has no lines. The currency with the most lines comes first. */
export function statementOf(
  payments: readonly PaymentWithEntries[],
  { year, timeZone }: { year: number; timeZone: string },
): Statement | null {
  const byCurrency = new Map<string, StatementLine[][]>();
  for (const payment of payments) {
    const lines = linesOf(payment);
    if (!lines.some(({ at }) => yearOn(at, timeZone) === year)) continue;
    byCurrency.set(payment.currency, [...(byCurrency.get(payment.currency) ?? []), lines]);
  }
  const currencies = [...byCurrency].map(([currency, payments]) =>
    statementIn(currencyFromStripe(currency), payments, { year, timeZone }),
  );
  const bySize = (a: StatementInOneCurrency, b: StatementInOneCurrency) =>
    b.lines.length - a.lines.length || (a.currency < b.currency ? -1 : 1);
  return currencies.length > 0 ? { year, currencies: currencies.sort(bySize) } : null;
}

function statementIn(
  currency: Currency,
  payments: readonly StatementLine[][],
  { year, timeZone }: { year: number; timeZone: string },
): StatementInOneCurrency {
  const yearOf = ({ at }: StatementLine) => yearOn(at, timeZone);
  const ofTheYear = payments.flat().filter((line) => yearOf(line) === year);
  const lines = ofTheYear.filter(counts);
  const givenThen = payments.filter((each) => each.some((line) => line.kind === "given" && yearOf(line) === year));
  const returnedLater = givenThen.flat().filter((line) => yearOf(line) > year);
  const sum = (all: readonly StatementLine[]) =>
    all.reduce((sum, { money }) => addMoney(sum, money), { amountMinor: 0, currency });
  return {
    currency,
    lines: lines.sort(compareByTime),
    given: sum(lines.filter(({ kind }) => kind === "given")),
    returned: sum(lines.filter(({ kind }) => kind !== "given")),
    total: sum(lines),
    uncounted: [...ofTheYear.filter((line) => !counts(line)), ...returnedLater].sort(compareByTime),
  };
}

/** Returns true if the sums include the line. They do not include pending bank debits, which can still bounce. */
function counts({ kind }: StatementLine): boolean {
  return kind !== "on-its-way";
}

/** Returns the lines of a payment with its refunds and disputes. Returns no lines for a failed payment. */
function linesOf(payment: PaymentWithEntries): StatementLine[] {
  const { id, paidAt, currency } = payment;
  const about = { paymentId: id, frequency: payment.frequency as OnceOrRecurringFrequency, paidAt };
  if (payment.status === "pending")
    return [{ ...about, id, kind: "on-its-way", money: moneyOf(payment.amountMinor, currency), at: paidAt }];
  const gifts = payment.entries
    .filter(({ kind }) => kind === "payment")
    .map(({ key, amountMinor, occurredAt }): StatementLine => {
      const money = moneyOf(amountMinor, currency);
      return { ...about, id: key, kind: "given", money, coveredFee: coveredFeeOf(payment), at: occurredAt };
    });
  return [...gifts, ...listRefundsAndDisputes(payment).map((amendment) => ({ ...about, ...amendment }))];
}

function yearOn(at: Date, timeZone: string): number {
  return Number(dayOn(at, timeZone).slice(0, 4));
}
