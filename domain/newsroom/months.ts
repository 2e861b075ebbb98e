// The past twelve months in one currency: single gifts and recurring gifts.

import { lastMonths, type Month } from "../calendar";
import type { Db } from "../database";
import { partsOf } from "../ledger/total-values";
import { addMoney, type Currency, type Money, moneyOf } from "../money";
import { selectMonths } from "./store";

export type MonthOfGiving = { year: number; month: number; once: Money; recurring: Money; total: Money };

const MONTHS = 12;

export async function listMonths(
  db: Db,
  { currency, now, timeZone }: { currency: Currency; now: Date; timeZone: string },
): Promise<MonthOfGiving[]> {
  const months = lastMonths(MONTHS, { now, timeZone });
  const names = months.map(nameOf);
  const rows = await selectMonths(db, { currency, from: names.at(0), to: names.at(-1) });
  return months.map((month) => {
    const own = rows.filter((row) => row.start === nameOf(month));
    const totalOf = (wanted: (frequency: string) => boolean) => {
      const counted = own.filter(({ value }) => wanted(partsOf(value, 2)[0]));
      return moneyOf(
        counted.reduce((total, row) => total + row.grossMinor, 0n),
        currency,
      );
    };
    const once = totalOf((frequency) => frequency === "once");
    const recurring = totalOf((frequency) => frequency !== "once");
    return { year: month.year, month: month.month, once, recurring, total: addMoney(once, recurring) };
  });
}

/** The month as the totals write it: `2026-11`. */
function nameOf({ year, month }: Month): string {
  return `${year}-${String(month).padStart(2, "0")}`;
}
