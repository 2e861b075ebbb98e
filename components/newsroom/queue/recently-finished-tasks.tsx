import { TASK_RESOLUTIONS, type TaskProgressRow } from "@/domain/newsroom/task-progress";

import { Button } from "../../ui/button";
import { formatTaskTime, type StaffTaskBarContext } from "./staff-task-bar";

export function RecentlyFinishedTasks({ context, done }: { context: StaffTaskBarContext; done: TaskProgressRow[] }) {
  if (done.length === 0) return null;
  const { t } = context;
  return (
    <section className="newsroom-part newsroom-waiting work-list" aria-labelledby="work-done">
      <h2 id="work-done">{t("work.done-title")}</h2>
      <ul>
        {done.map((item) => (
          <li key={item.key}>
            <p>
              <code>{item.key}</code>
              <br />
              <span className="newsroom-note">{textOf(context, item)}</span>
            </p>
            <form method="post" action="/newsroom/queue/items">
              <input type="hidden" name="key" value={item.key} />
              <Button kind="quiet" name="do" value="reopen" aria-label={`${t("work.reopen")}: ${item.key}`}>
                {t("work.reopen")}
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

function textOf(context: StaffTaskBarContext, { doneBy, doneAt, note }: TaskProgressRow): string {
  const { t, ownId } = context;
  const on = doneAt ? formatTaskTime(context, doneAt) : "";
  const workNote = TASK_RESOLUTIONS.find((each) => each === note);
  const why = workNote ? t(`work.note.${workNote}`) : "";
  return doneBy === ownId
    ? t("work.done-by-me", { on, why })
    : t("work.done-by", { who: context.nameOf(doneBy ?? ""), on, why });
}
