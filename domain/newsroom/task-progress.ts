import type { WorkItem } from "../../generated/sqlite/client";
import type { Tx } from "../database";
import type { Colleague } from "./staff/colleagues";
import { deleteTaskProgress, findTaskProgress, saveTaskProgress, type TaskScopeAndLimit } from "./store/task-progress";

/**
 * The notes with which a colleague can mark a task as done. The text of each has the key `work.note.<note>` in
 * content/messages.
 */
export const TASK_RESOLUTIONS = ["solved", "answered", "harmless", "not-ours", "passed-on"] as const;
export type TaskResolution = (typeof TASK_RESOLUTIONS)[number];

export const TASK_ACTIONS = ["take", "release", "done", "reopen"] as const;
export type TaskAction = (typeof TASK_ACTIONS)[number];

/**
 * A task in the queue. `key`: identifies the task. `state`: a text that changes when the task needs attention again.
 * Then a task that was marked as done is open again.
 */
export type TaskKeyAndState = { key: string; state: string };

export type TaskProgressRow = WorkItem;

export type TaskProgressByKey = ReadonlyMap<string, TaskProgressRow>;

const RECENT_MS = 14 * 24 * 60 * 60 * 1000;
const MAX_DONE = 20;

export const NO_TASK_PROGRESS: TaskProgressByKey = new Map();

/** Tasks that wait for staff. `shown`: the first of them. `count`: the number of all. */
export type WaitingTasksAndCount<Item> = { shown: Item[]; count: number };

export function isTaskFinished(taskProgress: TaskProgressByKey, { key, state }: TaskKeyAndState): boolean {
  const item = taskProgress.get(key);
  return item !== undefined && item.doneAt !== null && item.state === state;
}

export function countTasksMarkedDone(taskProgress: TaskProgressByKey): number {
  return [...taskProgress.values()].filter(({ doneAt }) => doneAt !== null).length;
}

/** Lists the tasks that were marked as done in the last two weeks, newest first, at most MAX_DONE. */
export function listRecentlyFinishedTasks(taskProgress: TaskProgressByKey, now: Date): TaskProgressRow[] {
  const doneAgo = ({ doneAt }: TaskProgressRow) =>
    doneAt ? now.getTime() - doneAt.getTime() : Number.POSITIVE_INFINITY;
  const lately = [...taskProgress.values()].filter((item) => doneAgo(item) < RECENT_MS);
  return lately.toSorted((a, b) => doneAgo(a) - doneAgo(b)).slice(0, MAX_DONE);
}

type Tasks<Item> = {
  list: (wanted: TaskScopeAndLimit) => Promise<Item[]>;
  count: () => Promise<number>;
  taskOf: (item: Item) => TaskKeyAndState;
};

/**
 * Returns the first `limit` tasks that are not done, and the number of all such tasks. `list` also returns done tasks,
 * so this function asks it for `limit` tasks plus the number of done tasks. If there are more tasks, also reads all
 * tasks that have progress, to count the done ones.
 */
export async function findUndoneTasks<Item>(
  { list, count, taskOf }: Tasks<Item>,
  { taskProgress, limit }: { taskProgress: TaskProgressByKey; limit: number },
): Promise<WaitingTasksAndCount<Item>> {
  const done = countTasksMarkedDone(taskProgress);
  const isDone = (item: Item) => isTaskFinished(taskProgress, taskOf(item));
  const first = await list({ scope: "all", limit: limit + done });
  const total = first.length < limit + done ? first.length : await count();
  const marked = first.length < total && done > 0 ? await list({ scope: "with-work-item", limit: total }) : first;
  const shown = first.filter((item) => !isDone(item)).slice(0, limit);
  return { shown, count: total - marked.filter(isDone).length };
}

/**
 * `unchanged`: the task already was in the state that the colleague wanted. `meanwhile`: nothing was changed, because
 * another colleague has changed the task since the page was rendered.
 */
export type TaskActionResult = "changed" | "unchanged" | "meanwhile";

type WorkChange = {
  verb: TaskAction;
  work: TaskKeyAndState;
  colleague: Colleague;
  /** The id of the colleague who had taken the task when the page was rendered; "" if nobody had. */
  seenTaker: string;
  note: TaskResolution;
  now: Date;
};

/** Does what a colleague chose for a task (`verb`). The caller must write the audit log in the same transaction. */
export async function applyTaskAction(tx: Tx, change: WorkChange): Promise<TaskActionResult> {
  const row = await findTaskProgress(tx, change.work.key);
  return VERBS[change.verb](tx, { ...change, row });
}

type Press = WorkChange & { row: WorkItem | null };

const VERBS: Record<TaskAction, (tx: Tx, press: Press) => Promise<TaskActionResult>> = {
  take,
  release,
  done,
  reopen,
};

async function take(tx: Tx, { work, colleague, seenTaker, row, now }: Press): Promise<TaskActionResult> {
  if (row?.takenBy === colleague.id) return "unchanged";
  if (isDoneAs(row, work) || (row?.takenBy ?? "") !== seenTaker) return "meanwhile";
  await saveTaskProgress(tx, { ...UNTOUCHED, key: work.key, takenBy: colleague.id, takenAt: now });
  return "changed";
}

async function release(tx: Tx, { work, colleague, row }: Press): Promise<TaskActionResult> {
  if (!row?.takenBy) return "unchanged";
  if (row.takenBy !== colleague.id) return "meanwhile";
  await deleteTaskProgress(tx, work.key);
  return "changed";
}

async function done(tx: Tx, { work, colleague, note, row, now }: Press): Promise<TaskActionResult> {
  if (isDoneAs(row, work)) return "unchanged";
  if (row?.takenBy !== colleague.id) return "meanwhile";
  await saveTaskProgress(tx, { ...UNTOUCHED, ...work, doneBy: colleague.id, doneAt: now, note });
  return "changed";
}

async function reopen(tx: Tx, { work, row }: Press): Promise<TaskActionResult> {
  if (!row?.doneAt) return "unchanged";
  await deleteTaskProgress(tx, work.key);
  return "changed";
}

function isDoneAs(row: WorkItem | null, { state }: TaskKeyAndState): boolean {
  return row !== null && row.doneAt !== null && row.state === state;
}

const UNTOUCHED = { takenBy: null, takenAt: null, doneBy: null, doneAt: null, note: null, state: "" };
