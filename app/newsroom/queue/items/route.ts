import { getItemsAwaitingStaff, listTasksShownInQueue } from "@/domain/newsroom/attention";
import type { StaffActKind } from "@/domain/newsroom/staff/acts";
import {
  changeWorkItem,
  WORK_DONE_NOTES,
  WORK_ITEM_VERBS,
  type WorkItemChangeResult,
  type WorkItemVerb,
} from "@/domain/newsroom/work";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { logPartFailure } from "@/systems/failed-part";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/queue";

const ACTS: Record<WorkItemVerb, StaffActKind> = {
  take: "work-taken",
  release: "work-released",
  done: "work-done",
  reopen: "work-reopened",
};

export const POST = withStaff("queue", PAGE, async ({ form, viewer: { colleague } }) => {
  const verb = WORK_ITEM_VERBS.find((each) => each === form.get("do"));
  const note = WORK_DONE_NOTES.find((each) => each === form.get("note"));
  const key = form.get("key") ?? "";
  if (!verb || (verb === "done" && !note)) return seeOther(PAGE);
  const [db, now] = [await database(), currentTime()];
  const shown = listTasksShownInQueue(await getItemsAwaitingStaff(db, { now, onFailure: logPartFailure }));
  // Perhaps the task is no longer in the queue, because somebody did it or it is no longer needed. Such a task can be
  // reopened or released, but not taken or marked as done.
  const work = shown.find((each) => each.key === key) ?? { key, state: "" };
  const isGone = !shown.includes(work) && (verb === "take" || verb === "done");
  if (isGone) return afterPress("meanwhile");
  const press = { verb, work, colleague, seenTaker: form.get("seen") ?? "", note: note ?? "solved", now };
  const outcome = await db.$transaction(async (tx) => {
    const result = await changeWorkItem(tx, press);
    const after = verb === "done" ? { note: press.note } : undefined;
    if (result === "changed")
      await recordActInAuditLog(tx, { colleague, kind: ACTS[verb], about: key, ...(after && { after }) });
    return result;
  });
  return afterPress(outcome);
});

async function afterPress(outcome: WorkItemChangeResult): Promise<Response> {
  return outcome === "meanwhile" ? seeOther(PAGE, await flashMessageCookie(PAGE, { meanwhile: true })) : seeOther(PAGE);
}
