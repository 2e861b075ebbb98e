import type { ExperimentPlan } from "../../appeal/experiment";
import { formatEpochDay } from "../../appeal/plan-form";
import type { ValuesBeforeOrAfterStaffAct } from "../staff/acts";

export function experimentPlanForAuditLog(plan: ExperimentPlan): ValuesBeforeOrAfterStaffAct {
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
