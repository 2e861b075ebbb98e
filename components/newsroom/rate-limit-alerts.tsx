import type { BurstOfSlowedGifts } from "@/domain/newsroom/store";
import * as taskOf from "@/domain/newsroom/task-names";
import { formatTaskTime, StaffTaskBar, type StaffTaskBarContext } from "./queue/staff-task-bar";

export function RateLimitAlerts({ context, alerts }: { context: StaffTaskBarContext; alerts: BurstOfSlowedGifts[] }) {
  if (alerts.length === 0) return null;
  return (
    <div className="newsroom-waiting work-list">
      <ul>
        {alerts.map((burst) => (
          <li key={burst.action}>
            <p>{textOf(context, burst)}</p>
            <StaffTaskBar context={context} work={taskOf.rateLimitAlertTaskKeyAndState(burst)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function textOf(context: StaffTaskBarContext, { slowed, beganAt, lastAt }: BurstOfSlowedGifts): string {
  const times = { from: formatTaskTime(context, beganAt), to: formatTaskTime(context, lastAt) };
  return context.t("newsroom.attention.burst", { count: slowed, ...times });
}
