import type { Db } from "../database";
import { parseUnrecordableReason, type UnrecordableStripeObject } from "../ledger/unrecordable";
import {
  findLastFinishedBooksCheck,
  type LastFinishedBooksCheck,
  selectUnfinishedBooksChecks,
  type UnfinishedBooksCheck,
} from "./store";
import {
  type DifferenceRow,
  selectBooksDifferences,
  selectObjectsUnreadableInCheck,
  type TaskScopeAndLimit,
} from "./store/task-progress";
import * as taskOf from "./task-names";
import { findUndoneTasks, NO_TASK_PROGRESS, type TaskProgressByKey, type WaitingTasksAndCount } from "./task-progress";

export type BooksCheckWithOpenItems = {
  /** The time at which the books check started. */
  checkedAt: Date;
  finishedAt: Date;
  differences: number;
  /** The number of objects at Stripe that belong to this site, but that the site cannot read. */
  unreadable: number;
  /** The differences and unreadable objects that no colleague has marked as done. */
  open: {
    differences: WaitingTasksAndCount<DifferenceRow>;
    unreadable: WaitingTasksAndCount<UnrecordableStripeObject>;
  };
};

export type LastBooksCheckWithStaleness = {
  /**
   * The result of the last finished books check; null if none has finished yet. Differences that the check itself
   * repaired are not counted.
   */
  last: BooksCheckWithOpenItems | null;
  /**
   * True if a check newer than `last` stopped with an error, or if `last` finished over two days ago. Before the first
   * finished check: true if a check stopped with an error, or started over two days ago.
   */
  isStale: boolean;
};

const MAX_OBJECTS = 10;
const LONG_AGO = new Date(0);
const STALE_AFTER_MS = 2 * 24 * 60 * 60 * 1000;

/** `limit`: the maximum number of differences, and of unreadable objects, that are returned. */
export async function getBooksCheckStatus(
  db: Db,
  now: Date,
  { taskProgress = NO_TASK_PROGRESS, limit = MAX_OBJECTS }: { taskProgress?: TaskProgressByKey; limit?: number } = {},
): Promise<LastBooksCheckWithStaleness> {
  const last = await findLastFinishedBooksCheck(db);
  const open = await selectUnfinishedBooksChecks(db, last?.startedAt ?? LONG_AGO);
  return {
    last: last ? await stateOf(db, { last, taskProgress, limit }) : null,
    isStale: isStale({ last, open, now }),
  };
}

/**
 * Returns true if `isStale` is false and the last books check has no open findings. A finding is open until a colleague
 * marks it as done.
 */
export function areBooksInOrder({ last, isStale }: LastBooksCheckWithStaleness): boolean {
  return !isStale && (last?.open.differences.count ?? 0) === 0 && (last?.open.unreadable.count ?? 0) === 0;
}

async function stateOf(
  db: Db,
  { last, taskProgress, limit }: { last: LastFinishedBooksCheck; taskProgress: TaskProgressByKey; limit: number },
): Promise<BooksCheckWithOpenItems> {
  const { startedAt, finishedAt } = last;
  const counts = { differences: Number(last.differences), unreadable: Number(last.unreadable) };
  const listDifferences = async (wanted: TaskScopeAndLimit) =>
    counts.differences === 0 ? [] : selectBooksDifferences(db, { checkId: last.id, ...wanted });
  const listUnreadable = async (wanted: TaskScopeAndLimit) =>
    counts.unreadable === 0
      ? []
      : (await selectObjectsUnreadableInCheck(db, { checkId: last.id, ...wanted })).map(unreadableObjectOf);
  const shared = { taskProgress, limit };
  return {
    ...{ checkedAt: startedAt, finishedAt, ...counts },
    open: {
      differences: await findUndoneTasks(
        { list: listDifferences, count: async () => counts.differences, taskOf: taskOf.differenceTaskKeyAndState },
        shared,
      ),
      unreadable: await findUndoneTasks(
        {
          list: listUnreadable,
          count: async () => counts.unreadable,
          taskOf: taskOf.unrecordableObjectTaskKeyAndState,
        },
        shared,
      ),
    },
  };
}

function unreadableObjectOf({ object, theirs }: { object: string; theirs: string | null }): UnrecordableStripeObject {
  return { id: object, reason: parseUnrecordableReason(theirs) };
}

function isStale({
  last,
  open,
  now,
}: {
  last: LastFinishedBooksCheck | undefined;
  open: UnfinishedBooksCheck[];
  now: Date;
}): boolean {
  const isLongAgo = (at: Date) => now.getTime() - at.getTime() > STALE_AFTER_MS;
  if (open.some(({ stoppedAt }) => stoppedAt !== null)) return true;
  return last ? isLongAgo(last.finishedAt) : open.some(({ startedAt }) => isLongAgo(startedAt));
}
