import type { RateLimitBurst } from "@/domain/newsroom/store";
import * as workOf from "@/domain/newsroom/work-names";
import { formatWorkTime, WorkItemBar, type WorkItemBarContext } from "./queue/work-item-bar";

export function RateLimitAlerts({ context, alerts }: { context: WorkItemBarContext; alerts: RateLimitBurst[] }) {
  if (alerts.length === 0) return null;
  return (
    <div className="newsroom-waiting work-list">
      <ul>
        {alerts.map((burst) => (
          <li key={burst.action}>
            <p>{textOf(context, burst)}</p>
            <WorkItemBar context={context} work={workOf.rateLimitAlertTaskKeyAndState(burst)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function textOf(context: WorkItemBarContext, { slowed, beganAt, lastAt }: RateLimitBurst): string {
  const times = { from: formatWorkTime(context, beganAt), to: formatWorkTime(context, lastAt) };
  return context.t("newsroom.attention.burst", { count: slowed, ...times });
}
