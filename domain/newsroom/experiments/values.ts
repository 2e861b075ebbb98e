// The value of each device: the money that was kept of its gifts in the days after it was first shown its arm, in one currency and capped.
// A value is final once its window and the time for returns are over, so that nothing an earlier look counted ever changes.
import { dayNumberOf, type ExperimentPlan, finalOn, WINDOW_DAYS } from "../../appeal/experiment";
import { convertMoney, moneyOf } from "../../money";
import { type ArmValues, addValues } from "./confidence";

/** One entry of the ledger about a gift from a device in the experiment. */
export type GiftEntry = {
  arm: string;
  /** The day on which the device was first shown its arm. */
  exposedOn: number;
  /**
   * Stands for the device, which the ledger does not know: the supporter, or the gift of somebody who is unknown or erased. Gifts of one
   * supporter after exposures on the same day to the same arm are one device's.
   */
  unit: string;
  paidAt: Date;
  occurredAt: Date;
  amountMinor: bigint;
  currency: string;
};

/** The value of the devices first shown on one day in one arm. `readers` is not known here: reports count them. */
export type DayValues = { arm: string; day: number; values: ArmValues };

export function valuesByDay(
  entries: readonly GiftEntry[],
  plan: Pick<ExperimentPlan, "currency" | "rates" | "capMinor">,
): DayValues[] {
  const devices = new Map<string, { arm: string; day: number; minor: number }>();
  for (const entry of entries) {
    if (!isCounted(entry)) continue;
    const { arm, exposedOn: day, unit } = entry;
    const key = `${arm} ${day} ${unit}`;
    const device = devices.get(key) ?? { arm, day, minor: 0 };
    devices.set(key, { ...device, minor: device.minor + minorInPlanCurrency(plan, entry) });
  }
  const days = new Map<string, DayValues>();
  for (const { arm, day, minor } of devices.values()) {
    const { values = NO_VALUES } = days.get(`${arm} ${day}`) ?? {};
    days.set(`${arm} ${day}`, { arm, day, values: addValues(values, valuesOfDevice(Math.min(minor, plan.capMinor))) });
  }
  return [...days.values()];
}

export const NO_VALUES: ArmValues = { readers: 0, givers: 0, sum: 0, sumOfSquares: 0 };

/** False for gifts outside the device's window, and for returns that came after its value was final. */
function isCounted({ exposedOn, paidAt, occurredAt }: GiftEntry): boolean {
  const daysAfter = dayNumberOf(paidAt) - exposedOn;
  return daysAfter >= 0 && daysAfter < WINDOW_DAYS && dayNumberOf(occurredAt) < finalOn(exposedOn);
}

/** Converts an amount to the plan's currency. Zero for a currency for which the plan has no rate. */
export function minorInPlanCurrency(
  { currency: to, rates }: Pick<ExperimentPlan, "currency" | "rates">,
  { amountMinor, currency }: Pick<GiftEntry, "amountMinor" | "currency">,
): number {
  const money = moneyOf(amountMinor, currency);
  if (money.currency === to) return money.amountMinor;
  const rate = rates[money.currency];
  return rate === undefined ? 0 : convertMoney(money, { to, rate }).amountMinor;
}

function valuesOfDevice(minor: number): ArmValues {
  return minor > 0 ? { readers: 0, givers: 1, sum: minor, sumOfSquares: minor ** 2 } : NO_VALUES;
}
