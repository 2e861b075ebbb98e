import { getItemsAwaitingStaff, listTasksShownInQueue } from "@/domain/newsroom/attention";
import type { StaffActKind } from "@/domain/newsroom/staff/acts";
import {
  applyTaskAction,
  TASK_ACTIONS,
  TASK_RESOLUTIONS,
  type TaskAction,
  type TaskActionResult,
} from "@/domain/newsroom/task-progress";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { logPageSectionFailure } from "@/systems/failed-page-section";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/queue";

const ACTS: Record<TaskAction, StaffActKind> = {
  take: "work-taken",
  release: "work-released",
  done: "work-done",
  reopen: "work-reopened",
};

export const POST = withStaff("queue", PAGE, async ({ form, viewer: { colleague } }) => {
  const verb = TASK_ACTIONS.find((each) => each === form.get("do"));
  const note = TASK_RESOLUTIONS.find((each) => each === form.get("note"));
  const key = form.get("key") ?? "";
  if (!verb || (verb === "done" && !note)) return seeOther(PAGE);
  const [db, now] = [await database(), currentTime()];
  const shown = listTasksShownInQueue(await getItemsAwaitingStaff(db, { now, onFailure: logPageSectionFailure }));
  // Perhaps the task is no longer in the queue, because somebody did it or it is no longer needed. Such a task can be
  // reopened or released, but not taken or marked as done.
  const work = shown.find((each) => each.key === key) ?? { key, state: "" };
  const isGone = !shown.includes(work) && (verb === "take" || verb === "done");
  if (isGone) return afterPress("meanwhile");
  const press = { verb, work, colleague, seenTaker: form.get("seen") ?? "", note: note ?? "solved", now };
  const outcome = await db.$transaction(async (tx) => {
    const result = await applyTaskAction(tx, press);
    const after = verb === "done" ? { note: press.note } : undefined;
    if (result === "changed")
      await recordActInAuditLog(tx, { colleague, kind: ACTS[verb], about: key, ...(after && { after }) });
    return result;
  });
  return afterPress(outcome);
});

async function afterPress(outcome: TaskActionResult): Promise<Response> {
  return outcome === "meanwhile" ? seeOther(PAGE, await flashMessageCookie(PAGE, { meanwhile: true })) : seeOther(PAGE);
}
