import type { RateLimitAlert } from "@/domain/newsroom/store";
import * as workOf from "@/domain/newsroom/work-names";
import { formatWorkTime, type WorkContext, WorkItemBar } from "./queue/work-bar";

export function RateLimitAlerts({ desk, bursts }: { desk: WorkContext; bursts: RateLimitAlert[] }) {
  if (bursts.length === 0) return null;
  return (
    <div className="newsroom-waiting work-list">
      <ul>
        {bursts.map((burst) => (
          <li key={burst.action}>
            <p>{textOf(desk, burst)}</p>
            <WorkItemBar desk={desk} work={workOf.rateLimitAlertWorkState(burst)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function textOf(desk: WorkContext, { slowed, beganAt, lastAt }: RateLimitAlert): string {
  const times = { from: formatWorkTime(desk, beganAt), to: formatWorkTime(desk, lastAt) };
  return desk.t("newsroom.attention.burst", { count: slowed, ...times });
}
