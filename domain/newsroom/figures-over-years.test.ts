// Compares the newsroom's statistics about two generated years with the same statistics, calculated slowly from the
// ledger's rows or taken from the generator's own data.
import { beforeAll, expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { testDatabaseProvider } from "../../prisma/fresh-ledger";
import { everyNthUnlessFullRun, isFullRun } from "../../tools/test/scope.mjs";
import type { Db } from "../database";
import { compareTotalsWithRows, rederiveTotalsIfRulesOrTimeZoneChanged } from "../ledger/check/stored-totals";
import { countLapsedSupporters, getRecurringTotalsByState } from "./at-risk";
import { getCohorts } from "./cohorts";
import { convertToTotal, getExchangeRates } from "./exchange";
import { getRecurringChargeForecast } from "./forecast";
import { getGiftSizes } from "./gift-sizes";
import { type CurrencyIncome, getIncome, getNetIncome, INCOME_BREAKDOWNS, type IncomeGrouping } from "./income";
import { type DayRange, PERIOD_UNITS, periodContainingDay, periodsUntil } from "./periods";
import { getRecurringMovementsPerRange, getRecurringValueAtEndOfDay } from "./recurring-value";
import { recordGeneratedYears } from "./testing/record-years";
import {
  type LoadedLedgerRows,
  readLedgerRows,
  slowlyComputedIncome,
  slowlyComputedNewOrReturning,
  slowlyComputedPaymentAmounts,
} from "./testing/slow-figures";
import {
  GENERATED_YEARS_BEGIN_MS,
  GENERATED_YEARS_END_MS,
  type GeneratedYearsOfGifts,
  generateYearsOfGifts,
} from "./testing/years";

/** These seeds were chosen so that a few people are enough to generate every kind of movement and entry. */
const YEARS = isFullRun && testDatabaseProvider === "sqlite" ? { seed: 11, people: 60 } : { seed: 1987, people: 7 };
const SEED = YEARS.seed;
const ZONES = ["Europe/Moscow", "America/Los_Angeles"] as const;
const now = new Date(GENERATED_YEARS_END_MS);
const months = periodsUntil("month", { until: "2026-11-19", count: 27 });
const ranges = PERIOD_UNITS.flatMap((period) =>
  periodsUntil(period, { until: "2026-11-19", count: period === "month" ? 27 : 9 }),
);
let db: Db;
let years: GeneratedYearsOfGifts;

beforeAll(async () => {
  db = await openEmptyLedger();
  // The ledger first keeps its sums by the days of the first time zone. The test of the second time zone derives all
  // sums again, by the days of that time zone.
  await rederiveTotalsIfRulesOrTimeZoneChanged(db, ZONES[0]);
  years = generateYearsOfGifts(YEARS);
  await recordGeneratedYears(db, years, { seed: SEED, now, timeZone: ZONES[0] });
});

test("the generated years contain every kind of movement and entry, and all five currencies", async () => {
  const kinds = new Set(years.movements.map(({ kind }) => kind));
  const all = ["new", "returned", "grown", "shrunk", "paused", "resumed", "lost", "recovered", "overdue", "caught-up"];
  expect([...kinds].sort()).toEqual(all.sort());
  expect(new Set((await db.entry.findMany()).map(({ kind }) => kind)).size).toBe(5);
  expect(await db.balanceEntry.count({ where: { kind: "payment-returned" } })).toBeGreaterThan(2);
  expect(new Set((await db.payment.findMany()).map(({ currency }) => currency)).size).toBe(5);
  expect(await db.payment.count({ where: { supporterKind: "returning" } })).toBeGreaterThan(50);
});

test("the ledger's movements equal the generator's", async () => {
  const line = (parts: (string | number | bigint)[]) => parts.map(String).join(" ");
  const ours = (await db.recurringMovement.findMany()).map(({ subscriptionId, kind, movedAt, currency, yearMinor }) =>
    line([subscriptionId, kind, movedAt.toISOString(), currency, yearMinor]),
  );
  const theirs = years.movements.map(({ subscriptionId, kind, at, currency, yearMinor }) =>
    line([subscriptionId, kind, at.toISOString(), currency, yearMinor]),
  );
  expect(ours.sort()).toEqual(theirs.sort());
});

for (const timeZone of ZONES) {
  test(`in the time zone ${timeZone}, the figures equal a slow calculation`, async () => {
    expect(await rederiveTotalsIfRulesOrTimeZoneChanged(db, timeZone)).toBe(timeZone !== ZONES[0]);
    expect(await rederiveTotalsIfRulesOrTimeZoneChanged(db, timeZone)).toBe(false);
    const { totals, movements } = await db.$snapshot((tx) => compareTotalsWithRows(tx, timeZone));
    expect([...totals.differences, ...movements.differences]).toEqual([]);
    const raw = await readLedgerRows(db, timeZone);
    const groupings = Object.keys(INCOME_BREAKDOWNS) as IncomeGrouping[];
    // The time zone changes the day of a payment, but not its group. So the usual run tests only a quarter of the
    // groupings in the second time zone.
    for (const grouping of timeZone === ZONES[0] ? groupings : everyNthUnlessFullRun(4, groupings))
      await expectIncome(raw, grouping);
    await expectSizes(raw);
    await expectMovements(raw);
    await expectCohorts(raw);
    await expectForecast(raw);
    await expectStandings(raw);
    await expectRates(raw);
  });
}

const PART_OF: Record<
  IncomeGrouping,
  (raw: LoadedLedgerRows, payment: LoadedLedgerRows["payments"][number]) => string
> = {
  all: () => "",
  frequency: (_, { frequency }) => frequency,
  rhythm: (_, { frequency }) => (frequency === "once" ? "once" : "recurring"),
  supporter: slowlyComputedNewOrReturning,
  "frequency-supporter": (raw, payment) => `${payment.frequency}/${slowlyComputedNewOrReturning(raw, payment)}`,
  article: (_, { article }) => article ?? "",
  "article-frequency": (_, { article, frequency }) => `${article ?? ""}/${frequency}`,
  appeal: (_, { appeal }) => appeal ?? "",
  variant: (_, { appeal, variant }) => `${appeal ?? ""}/${variant ?? ""}`,
  placement: (_, { placement }) => placement ?? "",
  "variant-placement": (_, { appeal, variant, placement }) => `${appeal ?? ""}/${variant ?? ""}/${placement ?? ""}`,
};

async function expectIncome(raw: LoadedLedgerRows, grouping: IncomeGrouping): Promise<void> {
  const kinds = new Map(raw.payments.map((payment) => [payment.id, PART_OF[grouping](raw, payment)]));
  for (const period of PERIOD_UNITS) {
    const own = periodsUntil(period, { until: "2026-11-19", count: period === "month" ? 27 : 9 });
    const all = period === "day" ? [...own, { from: "2026-03-05", to: "2026-05-17" }] : own;
    const income = await getIncome(db, { ranges: all, grouping });
    const slow = all.map((range) =>
      [...slowlyComputedIncome(raw, range, ({ id }) => kinds.get(id) ?? "")].filter(hasSums),
    );
    for (const [n, range] of all.entries())
      expect(linesOf(income[n] as Map<string, CurrencyIncome[]>), `${grouping} ${range.from}`).toEqual(
        Object.fromEntries(slow[n] ?? []),
      );
    // If getIncome() gets only a few ranges, it uses another query, which adds up each range in the database.
    const last = await getIncome(db, { ranges: all.slice(-2), grouping });
    expect(last.map(linesOf), `${grouping}, two of each ${period}`).toEqual(
      slow.slice(-2).map((each) => Object.fromEntries(each)),
    );
    await expectNet(all.at(-1) as DayRange, grouping, last[1] as Map<string, CurrencyIncome[]>);
  }
}

function hasSums([, sums]: [string, object]): boolean {
  return Object.keys(sums).length > 0;
}

async function expectNet(
  range: DayRange,
  grouping: IncomeGrouping,
  incomes: Map<string, CurrencyIncome[]>,
): Promise<void> {
  const nets = await getNetIncome(db, { range, grouping });
  for (const [name, own] of incomes) {
    const sumIn = (all: readonly { currency: string; amountMinor: number }[], currency: string) =>
      all.reduce((sum, each) => sum + (each.currency === currency ? each.amountMinor : 0), 0);
    const { payments = 0, net = [] } = nets.get(name) ?? {};
    expect(payments, name).toBe(own.reduce((sum, each) => sum + each.payments, 0));
    const exact = own.flatMap((each) => each.net);
    for (const { currency } of [...exact, ...net])
      expect(sumIn(net, currency), `${name} ${currency}`).toBe(sumIn(exact, currency));
  }
}

function linesOf(parts: Map<string, CurrencyIncome[]>) {
  const lines = [...parts].flatMap(([part, incomes]) =>
    incomes.map(({ currency, payments, gross, returned, kept, fees, covered, net }) => {
      const sums = [
        ...[
          ["payments", payments],
          ["gross", gross.amountMinor],
          ["returned", returned.amountMinor],
          ["kept", kept.amountMinor],
          ["covered", covered.amountMinor],
        ],
        ...fees.map((fee) => [`fees ${fee.currency}`, fee.amountMinor]),
        ...net.map((each) => [`net ${each.currency}`, each.amountMinor]),
      ];
      return [
        `${part}|${currency}`,
        Object.fromEntries(sums.filter(([, sum]) => sum !== 0).map(([name, sum]) => [name, String(sum)])),
      ];
    }),
  );
  return Object.fromEntries(lines);
}

async function expectSizes(raw: LoadedLedgerRows): Promise<void> {
  const sizes = await getGiftSizes(db, months);
  for (const [n, range] of months.entries()) {
    const slow = [...slowlyComputedPaymentAmounts(raw, range)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, amounts]) => {
        const average = Math.round(amounts.reduce((sum, each) => sum + Number(each), 0) / amounts.length);
        return [name, amounts.length, average, Number(amounts[Math.ceil(amounts.length / 2) - 1])];
      });
    expect(
      sizes[n]?.map(({ currency, frequency, payments, average, median }) => [
        `${currency} ${frequency}`,
        payments,
        average.amountMinor,
        median.amountMinor,
      ]),
    ).toEqual(slow);
  }
}

/** Compares the changes of recurring gifts in the ledger with those that the generator made. */
async function expectMovements(raw: LoadedLedgerRows): Promise<void> {
  const moved = await getRecurringMovementsPerRange(db, ranges);
  // For a single range, getRecurringMovementsPerRange() uses another query, which adds up the rows in the database. So
  // this case is tested, too.
  const spring = { from: "2026-03-05", to: "2026-05-17" };
  const [alone] = await getRecurringMovementsPerRange(db, [spring]);
  expect(alone).toEqual((await getRecurringMovementsPerRange(db, [spring, spring]))[0]);
  for (const [n, { from, to }] of ranges.entries()) {
    for (const { currency, start, byKind, end } of moved[n] ?? []) {
      const own = years.movements.filter((each) => each.currency === currency);
      const sumOf = (is: (day: string) => boolean) =>
        own.reduce((sum, each) => sum + (is(raw.dayOf(each.at)) ? each.yearMinor : 0), 0);
      expect(Number(start.yearMinor)).toBe(sumOf((day) => day < from));
      expect(Number(end.yearMinor)).toBe(sumOf((day) => day <= to));
      const inRange = own.filter(({ at }) => raw.dayOf(at) >= from && raw.dayOf(at) <= to);
      for (const kind of new Set([...inRange.map((each) => each.kind), ...Object.keys(byKind)])) {
        const expected = inRange.filter((each) => each.kind === kind);
        const { movements, yearMinor } = byKind[kind as keyof typeof byKind] ?? { movements: 0, yearMinor: 0n };
        expect([kind, movements, Number(yearMinor)]).toEqual([
          kind,
          expected.length,
          expected.reduce((sum, each) => sum + each.yearMinor, 0),
        ]);
      }
    }
  }
  const value = await getRecurringValueAtEndOfDay(db, "2026-11-19");
  for (const [currency, { yearMinor, perMonth }] of value) {
    const expected = years.movements.reduce(
      (sum, each) => sum + (each.currency === currency && raw.dayOf(each.at) <= "2026-11-19" ? each.yearMinor : 0),
      0,
    );
    expect([Number(yearMinor), perMonth.amountMinor]).toEqual([expected, Math.trunc(expected / 12)]);
  }
}

async function expectCohorts(raw: LoadedLedgerRows): Promise<void> {
  const names = months.map(({ from }) => from.slice(0, 7));
  const monthOf = (at: Date) => raw.dayOf(at).slice(0, 7);
  const began = years.movements.filter(({ kind }) => kind === "new");
  const cohorts = await getCohorts(db, names);
  expect(cohorts.reduce((sum, cohort) => sum + cohort.began, 0)).toBe(began.length);
  for (const { month, currency, cells } of cohorts) {
    const members = began
      .filter((each) => each.currency === currency && monthOf(each.at) === month)
      .map(({ subscriptionId }) => subscriptionId);
    for (const cell of cells) {
      const until = years.movements.filter(
        (each) => members.includes(each.subscriptionId) && monthOf(each.at) <= cell.month,
      );
      const lost = members.filter(
        (id) =>
          until.filter((each) => each.subscriptionId === id && /lost|recovered/.test(each.kind)).at(-1)?.kind ===
          "lost",
      );
      const worth = until.reduce((sum, each) => sum + each.yearMinor, 0);
      expect([cell.kept, Number(cell.worth.yearMinor)]).toEqual([members.length - lost.length, worth]);
    }
  }
}

async function expectForecast(raw: LoadedLedgerRows): Promise<void> {
  const { forecasts, failure } = await getRecurringChargeForecast(db, { month: "2026-12", today: "2026-11-20" });
  const slow = new Map<string, { charges: number; sum: bigint }>();
  for (const { chargesNextAt, currency, frequency, amountMinor } of raw.gifts) {
    if (!chargesNextAt) continue;
    const stepDays = frequency === "every-1-week" ? 7 : 0;
    const stepMonths = { monthly: 1, yearly: 12, "every-3-month": 3 }[frequency] ?? 0;
    const first = new Date(`${raw.dayOf(chargesNextAt)}T12:00:00Z`);
    for (let n = 0; n < 60; n++) {
      const day = new Date(first);
      if (stepDays) day.setUTCDate(first.getUTCDate() + n * stepDays);
      else {
        const last = new Date(
          Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + n * stepMonths + 1, 0),
        ).getUTCDate();
        day.setUTCFullYear(
          first.getUTCFullYear(),
          first.getUTCMonth() + n * stepMonths,
          Math.min(first.getUTCDate(), last),
        );
      }
      if (!day.toISOString().startsWith("2026-12")) continue;
      const sum = slow.get(currency) ?? { charges: 0, sum: 0n };
      slow.set(currency, { charges: sum.charges + 1, sum: sum.sum + amountMinor });
    }
  }
  expect(forecasts.map(({ currency, charges, scheduled }) => [currency, charges, scheduled.amountMinor])).toEqual(
    [...slow]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, { charges, sum }]) => [currency, charges, Number(sum)]),
  );
  const shares = months
    .filter(({ to }) => to < "2026-11-01")
    .slice(-12)
    .map(({ from, to }) => {
      const isIn = (at: Date) => raw.dayOf(at) >= from && raw.dayOf(at) <= to;
      const paid = raw.payments.filter(
        ({ frequency, status, paidAt }) => frequency !== "once" && status === "succeeded" && isIn(paidAt),
      ).length;
      const count = (...kinds: string[]) =>
        years.movements.filter(({ kind, at }) => kinds.includes(kind) && isIn(at)).length;
      const failed = Math.max(0, count("overdue") - count("caught-up", "recovered"));
      return { failed, due: paid + failed };
    });
  const millionths = shares.map(({ failed, due }) => Math.round((failed * 1_000_000) / due));
  const [failed, due] = [
    shares.reduce((sum, each) => sum + each.failed, 0),
    shares.reduce((sum, each) => sum + each.due, 0),
  ];
  expect(failure).toEqual({
    months: 12,
    meanMillionths: Math.round((failed * 1_000_000) / due),
    leastMillionths: Math.min(...millionths),
    mostMillionths: Math.max(...millionths),
  });
  for (const { scheduled, expected, low, high } of forecasts) {
    const less = (share: number) => Math.floor((scheduled.amountMinor * (1_000_000 - share)) / 1_000_000);
    expect([low, expected, high].map(({ amountMinor }) => amountMinor)).toEqual(
      [failure?.mostMillionths, failure?.meanMillionths, failure?.leastMillionths].map((share) => less(share ?? 0)),
    );
  }
}

async function expectStandings(raw: LoadedLedgerRows): Promise<void> {
  const perYear: Record<string, number> = { monthly: 12, yearly: 1, "every-3-month": 4, "every-1-week": 52 };
  for (const { currency, running, paused, overdue, cardEnding, atRisk } of await getRecurringTotalsByState(db)) {
    const group = (...statuses: string[]) => {
      const own = raw.gifts.filter((gift) => gift.currency === currency && statuses.includes(gift.status));
      return [
        own.length,
        own.reduce((sum, { amountMinor, frequency }) => sum + Number(amountMinor) * (perYear[frequency] ?? 0), 0),
      ];
    };
    const cards = raw.gifts.filter((gift) => {
      const { status, cancelAt, cardExpiresAt: ends, chargesNextAt: next } = gift;
      return gift.currency === currency && status === "active" && !cancelAt && ends && next && ends <= next;
    });
    const groups = [running, paused, overdue].map(({ gifts, worth }) => [gifts, Number(worth.yearMinor)]);
    expect(groups).toEqual([group("active"), group("paused"), group("past_due", "unpaid")]);
    const worth = cards.reduce(
      (sum, { amountMinor, frequency }) => sum + Number(amountMinor) * (perYear[frequency] ?? 0),
      0,
    );
    expect([cardEnding.gifts, Number(cardEnding.worth.yearMinor)]).toEqual([cards.length, worth]);
    expect(atRisk.gifts).toBe(cards.length + overdue.gifts);
  }
  expect(
    raw.gifts.filter(
      ({ cardExpiresAt, chargesNextAt }) => cardExpiresAt && chargesNextAt && cardExpiresAt <= chargesNextAt,
    ).length,
  ).toBeGreaterThan(1);
  const last = new Map<string, number>();
  for (const { supporterId, paidAt, status } of raw.payments)
    if (supporterId && status !== "failed")
      last.set(supporterId, Math.max(last.get(supporterId) ?? 0, paidAt.getTime()));
  const isLapsed = (days: number) => [...last.values()].filter((at) => at < now.getTime() - days * 86_400_000).length;
  expect(await countLapsedSupporters(db, now)).toEqual({ all: isLapsed(400), recently: isLapsed(400) - isLapsed(430) });
}

async function expectRates(raw: LoadedLedgerRows): Promise<void> {
  const rates = await getExchangeRates(db, { currencies: {}, reporting: { currency: "USD" } });
  for (const currency of ["GBP", "JPY", "KWD"]) {
    const settled = raw.balance.filter(
      ({ kind, payment, sourceId }) =>
        kind === "payment" &&
        payment.currency === currency &&
        payment.status === "succeeded" &&
        payment.chargeId === sourceId,
    );
    const day = settled
      .map(({ payment }) => raw.dayOf(payment.paidAt))
      .sort()
      .at(-1);
    const own = settled.filter(({ payment }) => raw.dayOf(payment.paidAt) === day);
    const upper = own.reduce((sum, row) => sum + row.amountMinor, 0n);
    const lower = own.reduce((sum, { payment }) => sum + payment.amountMinor, 0n);
    const rate = rates.rates.get(currency);
    expect([rate?.day, rate?.source, (rate?.numerator ?? 0n) * lower]).toEqual([
      day,
      "stripe",
      (rate?.denominator ?? 0n) * upper,
    ]);
  }
  expect(rates.rates.get("EUR")).toBeUndefined();
  const kept = [...((await getIncome(db, { ranges: [all()] }))[0]?.get("") ?? [])].map(({ kept }) => kept);
  const { sum, missing, rates: used } = convertToTotal(kept, rates);
  const exact = kept.reduce((total, { currency, amountMinor }) => {
    const rate = rates.rates.get(currency);
    return (
      total +
      (currency === "USD"
        ? amountMinor
        : rate
          ? Math.round((amountMinor * Number(rate.numerator)) / Number(rate.denominator))
          : 0)
    );
  }, 0);
  expect([sum, missing, used.length]).toEqual([{ currency: "USD", amountMinor: exact }, ["EUR"], 3]);
}

function all(): DayRange {
  return {
    from: new Date(GENERATED_YEARS_BEGIN_MS - 86_400_000).toISOString().slice(0, 10),
    to: periodContainingDay("month", "2026-11-20").to,
  };
}
