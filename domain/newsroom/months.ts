// The year behind us, month by month, in one currency: what was given once, and what came in again.

import { lastMonths, type Month } from "../calendar";
import type { Db } from "../database";
import { addMoney, type Currency, type Money, moneyOf } from "../money";

export type MonthOfGiving = { year: number; month: number; once: Money; recurring: Money; total: Money };

const MONTHS = 12;

export async function listMonths(
  db: Db,
  { currency, now, timeZone }: { currency: Currency; now: Date; timeZone: string },
): Promise<MonthOfGiving[]> {
  const months = lastMonths(MONTHS, { now, timeZone });
  // By their names months follow each other as in time.
  const names = months.map(nameOf);
  const rows = await db.$queryRaw<{ start: string; value: string; grossMinor: bigint }[]>`
    SELECT "start", "value", "grossMinor" FROM "Total"
    WHERE "period" = 'month' AND "by" = 'frequency' AND "start" BETWEEN ${names.at(0)} AND ${names.at(-1)}
      AND "currency" = ${currency} AND "settledCurrency" = ''`;
  return months.map((month) => {
    const own = rows.filter((row) => row.start === nameOf(month));
    const sum = (wanted: (frequency: string) => boolean) => {
      const counted = own.filter(({ value }) => wanted(value));
      return moneyOf(
        counted.reduce((total, row) => total + row.grossMinor, 0n),
        currency,
      );
    };
    const once = sum((frequency) => frequency === "once");
    const recurring = sum((frequency) => frequency !== "once");
    return { year: month.year, month: month.month, once, recurring, total: addMoney(once, recurring) };
  });
}

/** As the sums name it: `2026-11`. */
function nameOf({ year, month }: Month): string {
  return `${year}-${String(month).padStart(2, "0")}`;
}
