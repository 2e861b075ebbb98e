// The year behind us, month by month, in one currency: what was given once, and what came in again.
import type { Db } from "../../systems/database";
import { addMoney, type Currency, type Money, zero } from "../money";
import { lastMonths, type Month } from "./calendar";
import { moneyOf } from "./totals";

export type MonthOfGiving = { year: number; month: number; once: Money; recurring: Money; total: Money };

const MONTHS = 12;

export async function listMonths(
  db: Db,
  { currency, now, timeZone }: { currency: Currency; now: Date; timeZone: string },
): Promise<MonthOfGiving[]> {
  return Promise.all(lastMonths(MONTHS, { now, timeZone }).map((month) => sumMonth(db, { month, currency })));
}

async function sumMonth(db: Db, { month, currency }: { month: Month; currency: Currency }): Promise<MonthOfGiving> {
  const groups = await db.payment.groupBy({
    by: ["frequency"],
    where: { status: "succeeded", currency, paidAt: { gte: month.from, lt: month.to } },
    _sum: { amountMinor: true },
  });
  const sum = (wanted: (frequency: string) => boolean) =>
    groups
      .filter(({ frequency }) => wanted(frequency))
      .map(({ _sum }) => moneyOf(_sum.amountMinor ?? 0n, currency))
      .reduce(addMoney, zero(currency));
  const once = sum((frequency) => frequency === "once");
  const recurring = sum((frequency) => frequency !== "once");
  return { year: month.year, month: month.month, once, recurring, total: addMoney(once, recurring) };
}
