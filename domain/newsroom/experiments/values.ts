// The value of each device: the amount kept of its gifts within GIFT_WINDOW_DAYS after it was first shown its arm, in one currency and capped. A
// value is final after its window and the time for refunds and disputes, so later computations give the same value.
import { dayNumberOf, dayWhenFinal, type ExperimentPlan, GIFT_WINDOW_DAYS } from "../../appeal/experiment";
import { convertMoney, moneyOf } from "../../money";
import { type ArmValues, addArmValues } from "./confidence";

/** An entry of the ledger that belongs to a gift from a device in the experiment. */
export type GiftEntry = {
  arm: string;
  /** The day on which the device was first shown its arm. */
  exposedOn: number;
  /**
   * Represents the device, which the ledger does not know: the supporter's id, or the gift's id if the supporter is unknown or erased. A
   * supporter's gifts with the same arm and exposure day count as one device's.
   */
  unit: string;
  paidAt: Date;
  occurredAt: Date;
  amountMinor: bigint;
  currency: string;
};

/** The values of the devices that joined an arm on one day. `readers` is 0, because only devices' reports count readers. */
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
    days.set(`${arm} ${day}`, {
      arm,
      day,
      values: addArmValues(values, valuesOfDevice(Math.min(minor, plan.capMinor))),
    });
  }
  return [...days.values()];
}

export const NO_VALUES: ArmValues = { readers: 0, givers: 0, sum: 0, sumOfSquares: 0 };

/** False for gifts outside the device's window, and for refunds and disputes after its value was final. */
function isCounted({ exposedOn, paidAt, occurredAt }: GiftEntry): boolean {
  const daysAfter = dayNumberOf(paidAt) - exposedOn;
  return daysAfter >= 0 && daysAfter < GIFT_WINDOW_DAYS && dayNumberOf(occurredAt) < dayWhenFinal(exposedOn);
}

/** Converts an amount to the plan's currency. Zero if the plan has no rate for its currency. */
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
