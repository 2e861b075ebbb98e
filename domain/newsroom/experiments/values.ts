// Computes the value of each device: the gifts made from it within EXPERIMENT_GIFT_WINDOW_DAYS after it first showed
// its variant. A value is at most the plan's cap.
import {
  dayWhenValuesOfJoinDayAreFinal,
  EXPERIMENT_GIFT_WINDOW_DAYS,
  type ExperimentPlan,
  epochDayOf,
} from "../../appeal/experiment";
import { convertMoney, moneyOf } from "../../money";
import { type ArmStatistics, addArmValues } from "./confidence";

export type ExperimentPaymentEntry = {
  arm: string;
  /** The day on which the device was first shown its variant, in days since 1970. */
  exposedOn: number;
  /**
   * Stands for the device, because the ledger does not contain devices' ids. It is the supporter's id, or else the
   * gift's id, or else the payment's id.
   */
  giverKey: string;
  paidAt: Date;
  occurredAt: Date;
  amountMinor: bigint;
  currency: string;
};

/**
 * The value of the gifts from the devices that were first shown the variant `arm` on the day `day`. `values.readers` is
 * 0, because only the reports of the devices show how many devices there are.
 */
export type ArmValuesOfExposureDay = { arm: string; day: number; values: ArmStatistics };

export function armValuesByExposureDay(
  entries: readonly ExperimentPaymentEntry[],
  plan: Pick<ExperimentPlan, "currency" | "rates" | "capMinor">,
): ArmValuesOfExposureDay[] {
  const devices = new Map<string, { arm: string; day: number; minor: number }>();
  for (const entry of entries) {
    if (!isCounted(entry)) continue;
    const { arm, exposedOn: day, giverKey } = entry;
    const key = `${arm} ${day} ${giverKey}`;
    const device = devices.get(key) ?? { arm, day, minor: 0 };
    devices.set(key, { ...device, minor: device.minor + amountMinorInPlanCurrency(plan, entry) });
  }
  const days = new Map<string, ArmValuesOfExposureDay>();
  for (const { arm, day, minor } of devices.values()) {
    const { values = ZERO_ARM_VALUES } = days.get(`${arm} ${day}`) ?? {};
    days.set(`${arm} ${day}`, {
      arm,
      day,
      values: addArmValues(values, valuesOfDevice(Math.min(minor, plan.capMinor))),
    });
  }
  return [...days.values()];
}

export const ZERO_ARM_VALUES: ArmStatistics = { readers: 0, supporters: 0, sum: 0, sumOfSquares: 0 };

/**
 * Returns true if the entry counts in the experiment. The payment must have been made within
 * EXPERIMENT_GIFT_WINDOW_DAYS after the device's exposure. The entry itself must date from before the device's value
 * became final.
 */
function isCounted({ exposedOn, paidAt, occurredAt }: ExperimentPaymentEntry): boolean {
  const daysAfter = epochDayOf(paidAt) - exposedOn;
  return (
    daysAfter >= 0 &&
    daysAfter < EXPERIMENT_GIFT_WINDOW_DAYS &&
    epochDayOf(occurredAt) < dayWhenValuesOfJoinDayAreFinal(exposedOn)
  );
}

/** Returns the amount in minor units of the plan's currency; zero if the plan has no rate for the amount's currency. */
export function amountMinorInPlanCurrency(
  { currency: to, rates }: Pick<ExperimentPlan, "currency" | "rates">,
  { amountMinor, currency }: Pick<ExperimentPaymentEntry, "amountMinor" | "currency">,
): number {
  const money = moneyOf(amountMinor, currency);
  if (money.currency === to) return money.amountMinor;
  const rate = rates[money.currency];
  return rate === undefined ? 0 : convertMoney(money, { to, rate }).amountMinor;
}

function valuesOfDevice(minor: number): ArmStatistics {
  return minor > 0 ? { readers: 0, supporters: 1, sum: minor, sumOfSquares: minor ** 2 } : ZERO_ARM_VALUES;
}
