import type { ExperimentPlan } from "../../appeal/experiment";
import { formatEpochDay } from "../../appeal/plan-form";
import type { StaffActValues } from "../staff/act-values";

export function experimentPlanForAuditLog(plan: ExperimentPlan): Partial<StaffActValues> {
  const { appeal, arms, currency, rates, capMinor, plannedReaders, smallestEffectMinor, lastDay } = plan;
  return {
    appeal,
    arms: arms.map(({ arm, share }) => `${arm} ${share}%`).join(", "),
    currency,
    rates: Object.entries(rates)
      .map(([from, rate]) => `${from} ${rate}`)
      .join(", "),
    capMinor,
    plannedReaders,
    smallestEffectMinor,
    lastDay: formatEpochDay(lastDay),
  };
}
