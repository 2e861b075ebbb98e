import type { Db } from "../database";
import { countDeadLetters, type DeadLetter, listDeadLetters } from "../ledger/dead-letters";
import type { StaffTaskKind } from "../ledger/outbox";
import { countUnreadMessages } from "../supporters/store/messages";
import { listRateLimitAlerts } from "./alerts";
import { areBooksInOrder, getBooksCheckStatus, type LastBooksCheckWithStaleness } from "./books";
import {
  listEvidenceLeftAfterErasure,
  listUndecidedDisputes,
  type OpenDispute,
  type UnerasedEvidence,
} from "./disputes";
import { loadPageSection, type OnPageSectionFailure, type PageSectionLoadResult } from "./page-section";
import type { StaffRequest } from "./people/requests-from-colleagues";
import { selectRequestsAwaitingSecondColleague } from "./people/store/requests-from-colleagues";
import { listUnhandledStoppedAddresses, type UnhandledStoppedAddress } from "./stopped-addresses";
import type { BurstOfSlowedGifts } from "./store";
import {
  countFailedMails,
  type FailedMailRow,
  selectFailedMails,
  selectTaskProgress,
  type TaskScopeAndLimit,
} from "./store/task-progress";
import * as taskOf from "./task-names";
import {
  findUndoneTasks,
  isTaskFinished,
  NO_TASK_PROGRESS,
  type TaskKeyAndState,
  type TaskProgressByKey,
  type WaitingTasksAndCount,
} from "./task-progress";

export type ItemsAwaitingStaff = {
  taskProgress: PageSectionLoadResult<TaskProgressByKey>;
  deadLetters: PageSectionLoadResult<WaitingTasksAndCount<DeadLetter>>;
  /** E-mails that could not be sent in at least TRIES attempts. */
  failedMails: PageSectionLoadResult<WaitingTasksAndCount<FailedMail>>;
  /** E-mail addresses to which e-mail is stopped, because somebody there reported that they had not requested it. */
  mailStops: PageSectionLoadResult<UnhandledStoppedAddress[]>;
  disputes: PageSectionLoadResult<OpenDispute[]>;
  /** Evidence about erased supporters that is still at Stripe, because Stripe refused to remove it. */
  leftEvidence: PageSectionLoadResult<UnerasedEvidence[]>;
  /** Refunds that a second colleague must confirm. */
  refunds: PageSectionLoadResult<StaffRequest[]>;
  /** Bursts of gifts that a rate limit slowed down in the past day. Staff got an e-mail about each burst. */
  bursts: PageSectionLoadResult<BurstOfSlowedGifts[]>;
  books: PageSectionLoadResult<LastBooksCheckWithStaleness>;
  messages: PageSectionLoadResult<number>;
};

/**
 * `sendAfter`: the time of the next attempt. Null if the site has given up the e-mail and deleted its address and
 * values.
 */
export type FailedMail = FailedMailRow;

const MAX_EVENTS = 10;
const MAX_MAILS = 10;
const TRIES = 3;

type Asked = { now: Date; onFailure: OnPageSectionFailure };

export async function getItemsAwaitingStaff(db: Db, { now, onFailure }: Asked): Promise<ItemsAwaitingStaff> {
  const found = await loadPageSection("work", { load: () => listTaskProgressByKey(db), onFailure });
  // If the progress of tasks cannot be loaded, the site does not know which tasks are done and lists all of them.
  // Showing a finished task again is better than hiding an open one.
  return {
    taskProgress: found,
    ...(await loadWaiting(db, { now, onFailure, taskProgress: loadedTaskProgressOrEmpty(found) })),
  };
}

export function loadedTaskProgressOrEmpty(found: PageSectionLoadResult<TaskProgressByKey>): TaskProgressByKey {
  return found.kind === "here" ? found.value : NO_TASK_PROGRESS;
}

async function loadWaiting(db: Db, { now, onFailure, taskProgress }: Asked & { taskProgress: TaskProgressByKey }) {
  const open = <Item>(items: Item[], name: (item: Item) => TaskKeyAndState) =>
    items.filter((item) => !isTaskFinished(taskProgress, name(item)));
  const [deadLetters, failedMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages] =
    await Promise.all([
      loadPageSection("dead-letters", { load: () => findDeadLetters(db, taskProgress), onFailure }),
      loadPageSection("stuck-mails", { load: () => findFailedMails(db, taskProgress), onFailure }),
      loadPageSection("mail-stops", { load: () => listUnhandledStoppedAddresses(db), onFailure }),
      loadPageSection("disputes", {
        load: async () => open(await listUndecidedDisputes(db), taskOf.disputeTaskKeyAndState),
        onFailure,
      }),
      loadPageSection("left-evidence", {
        load: async () => open(await listEvidenceLeftAfterErasure(db), taskOf.unerasedEvidenceTaskKeyAndState),
        onFailure,
      }),
      loadPageSection("refunds", { load: () => selectRequestsAwaitingSecondColleague(db, now), onFailure }),
      loadPageSection("bursts", {
        load: async () => open(await listRateLimitAlerts(db, now), taskOf.rateLimitAlertTaskKeyAndState),
        onFailure,
      }),
      loadPageSection("books", { load: () => getBooksCheckStatus(db, now, { taskProgress }), onFailure }),
      loadPageSection("messages", { load: () => countUnreadMessages(db), onFailure }),
    ]);
  return { deadLetters, failedMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages };
}

/** Returns the number of all tasks that wait for staff. A kind of task that could not be loaded counts as one task. */
export function countWaitingTasks(attention: ItemsAwaitingStaff): number {
  return Object.values(countStaffTasksByKind(attention)).reduce<number>((sum, count) => sum + (count ?? 1), 0);
}

/**
 * Returns the number of waiting tasks of each kind; null for a kind that could not be loaded. The books count as one
 * task if the books check has open findings or its result is stale.
 */
export function countStaffTasksByKind(attention: ItemsAwaitingStaff): Record<StaffTaskKind, number | null> {
  const { deadLetters, failedMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages } = attention;
  return {
    disputes: countIn(disputes, ({ length }) => length),
    "left-evidence": countIn(leftEvidence, ({ length }) => length),
    refunds: countIn(refunds, ({ length }) => length),
    "dead-letters": countIn(deadLetters, ({ count }) => count),
    bursts: countIn(bursts, ({ length }) => length),
    books: countIn(books, (value) => (areBooksInOrder(value) ? 0 : 1)),
    "mail-stops": countIn(mailStops, ({ length }) => length),
    "stuck-mails": countIn(failedMails, ({ count }) => count),
    messages: countIn(messages, (count) => count),
  };
}

/** Lists those tasks of the queue page that a colleague can take or mark as done. */
export function listTasksShownInQueue(attention: ItemsAwaitingStaff): TaskKeyAndState[] {
  const { deadLetters, failedMails, mailStops, disputes, leftEvidence, bursts, books } = attention;
  const here = <Value>(part: PageSectionLoadResult<Value>, list: (value: Value) => TaskKeyAndState[]) =>
    part.kind === "here" ? list(part.value) : [];
  return [
    ...here(disputes, (all) => all.map(taskOf.disputeTaskKeyAndState)),
    ...here(leftEvidence, (all) => all.map(taskOf.unerasedEvidenceTaskKeyAndState)),
    ...here(deadLetters, ({ shown }) => shown.map(taskOf.deadLetterTaskKeyAndState)),
    ...here(books, ({ last }) => [
      ...(last?.open.differences.shown ?? []).map(taskOf.differenceTaskKeyAndState),
      ...(last?.open.unreadable.shown ?? []).map(taskOf.unrecordableObjectTaskKeyAndState),
    ]),
    ...here(failedMails, ({ shown }) => shown.map(taskOf.failedMailTaskKeyAndState)),
    ...here(mailStops, (all) => all.map(taskOf.stoppedAddressTaskKeyAndState)),
    ...here(bursts, (all) => all.map(taskOf.rateLimitAlertTaskKeyAndState)),
  ];
}

function countIn<Value>(part: PageSectionLoadResult<Value>, count: (value: Value) => number): number | null {
  return part.kind === "here" ? count(part.value) : null;
}

export async function listTaskProgressByKey(db: Db): Promise<TaskProgressByKey> {
  return new Map((await selectTaskProgress(db)).map((item) => [item.key, item]));
}

/**
 * Lists all dead letters that no colleague has marked as done. The queue page counts them all but shows only the first
 * MAX_EVENTS.
 */
export async function listWaitingDeadLetters(db: Db): Promise<DeadLetter[]> {
  const [letters, taskProgress] = await Promise.all([listDeadLetters(db), listTaskProgressByKey(db)]);
  return letters.filter((letter) => !isTaskFinished(taskProgress, taskOf.deadLetterTaskKeyAndState(letter)));
}

function findDeadLetters(db: Db, taskProgress: TaskProgressByKey): Promise<WaitingTasksAndCount<DeadLetter>> {
  const list = ({ scope, limit }: TaskScopeAndLimit) =>
    listDeadLetters(
      db,
      scope === "all" ? { limit } : { ids: [...taskProgress.keys()].flatMap(taskOf.deadLetterIdsOfTaskKey) },
    );
  const count = () => countDeadLetters(db);
  return findUndoneTasks(
    { list, count, taskOf: taskOf.deadLetterTaskKeyAndState },
    { taskProgress, limit: MAX_EVENTS },
  );
}

function findFailedMails(db: Db, taskProgress: TaskProgressByKey): Promise<WaitingTasksAndCount<FailedMail>> {
  const list = (wanted: TaskScopeAndLimit) => selectFailedMails(db, { tries: TRIES, ...wanted });
  const count = () => countFailedMails(db, TRIES);
  return findUndoneTasks({ list, count, taskOf: taskOf.failedMailTaskKeyAndState }, { taskProgress, limit: MAX_MAILS });
}
