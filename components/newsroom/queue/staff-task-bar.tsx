import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";
import { TASK_RESOLUTIONS, type TaskKeyAndState, type TaskProgressByKey } from "@/domain/newsroom/task-progress";
import { Button } from "../../ui/button";
import { formatDateAndTime } from "../format-time";

/** `ownId`: the id of the colleague who sees the page. */
export type StaffTaskBarContext = {
  t: Translate;
  taskProgress: TaskProgressByKey;
  ownId: string;
  nameOf: (colleagueId: string) => string;
  timeZone: string;
};

type StaffTaskBarProps = {
  context: StaffTaskBarContext;
  work: TaskKeyAndState;
  /**
   * False if the bar must not offer to finish the task, because `children` contains another button that finishes it.
   */
  offersDoneButton?: boolean;
  /** Further buttons for the task. They come before the bar's own buttons. */
  children?: ReactNode;
};

export function StaffTaskBar({ context, work, offersDoneButton = true, children }: StaffTaskBarProps) {
  const { t, taskProgress, ownId } = context;
  const item = taskProgress.get(work.key);
  const taker = item?.takenBy ?? "";
  const isMine = taker !== "" && taker === ownId;
  const on = item?.takenAt ? formatTaskTime(context, item.takenAt) : "";
  return (
    <div className="work-bar">
      {children}
      {isMine && offersDoneButton ? <DoneForm context={context} work={work} /> : null}
      <form method="post" action="/newsroom/queue/items">
        <input type="hidden" name="key" value={work.key} />
        <input type="hidden" name="seen" value={taker} />
        {taker === "" ? null : (
          <span className="work-taken">
            {isMine ? t("work.taken-by-me", { on }) : t("work.taken", { who: context.nameOf(taker), on })}
          </span>
        )}
        <Button
          kind="plain"
          name="do"
          value={isMine ? "release" : "take"}
          aria-label={`${labelOf(context, taker)}: ${work.key}`}
        >
          {labelOf(context, taker)}
        </Button>
      </form>
    </div>
  );
}

function DoneForm({ context: { t }, work: { key } }: { context: StaffTaskBarContext; work: TaskKeyAndState }) {
  return (
    <form method="post" action="/newsroom/queue/items">
      <input type="hidden" name="key" value={key} />
      <label className="work-why">
        <span className="visually-hidden">{t("work.why", { key })}</span>
        <select name="note">
          {TASK_RESOLUTIONS.map((note) => (
            <option key={note} value={note}>
              {t(`work.note.${note}`)}
            </option>
          ))}
        </select>
      </label>
      <Button kind="quiet" name="do" value="done" aria-label={`${t("work.done")}: ${key}`}>
        {t("work.done")}
      </Button>
    </form>
  );
}

function labelOf({ t, ownId }: StaffTaskBarContext, taker: string): string {
  if (taker === "") return t("work.take");
  return taker === ownId ? t("work.release") : t("work.take-over");
}

export function formatTaskTime({ t, timeZone }: Pick<StaffTaskBarContext, "t" | "timeZone">, at: Date): string {
  return formatDateAndTime(t, { at, timeZone });
}
