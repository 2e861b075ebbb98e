import type { Db } from "../database";
import { countDeadLetters, type DeadLetter, listDeadLetters } from "../ledger/dead-letters";
import type { StaffTaskKind } from "../ledger/outbox";
import { countUnreadMessages } from "../supporters/store/messages";
import { listRateLimitAlerts } from "./alerts";
import { areBooksInOrder, type BooksCheckStatus, getBooksCheckStatus } from "./books";
import { listOpenDisputes, listUnerasedEvidence, type OpenDispute, type UnerasedEvidence } from "./disputes";
import { loadScreenPart, type OnPartFailure, type ScreenPartLoadResult } from "./loaded-part";
import { listOpenMailStops, type UnhandledStoppedAddress } from "./mail-stops";
import type { StaffRequest } from "./people/requests";
import { selectWaitingRequests } from "./people/store/requests";
import type { RateLimitBurst } from "./store";
import {
  countFailedMails,
  type FailedMailRow,
  selectFailedMails,
  selectWorkItems,
  type TaskScopeAndLimit,
} from "./store/work";
import {
  findUndoneTasks,
  isWorkDone,
  NO_WORK_ITEMS,
  type TaskKeyAndState,
  type WaitingTasksAndCount,
  type WorkItemsByKey,
} from "./work";
import * as workOf from "./work-names";

export type ItemsAwaitingStaff = {
  workItems: ScreenPartLoadResult<WorkItemsByKey>;
  deadLetters: ScreenPartLoadResult<WaitingTasksAndCount<DeadLetter>>;
  /** E-mails that could not be sent in at least TRIES attempts. */
  failedMails: ScreenPartLoadResult<WaitingTasksAndCount<FailedMail>>;
  /** E-mail addresses to which e-mail is stopped, because somebody there reported that they had not requested it. */
  mailStops: ScreenPartLoadResult<UnhandledStoppedAddress[]>;
  disputes: ScreenPartLoadResult<OpenDispute[]>;
  /** Evidence about erased supporters that is still at Stripe, because Stripe refused to remove it. */
  leftEvidence: ScreenPartLoadResult<UnerasedEvidence[]>;
  /** Refunds that a second colleague must confirm. */
  refunds: ScreenPartLoadResult<StaffRequest[]>;
  /** The sudden bursts of gifts in the past day. Staff got an e-mail about each of them. */
  bursts: ScreenPartLoadResult<RateLimitBurst[]>;
  books: ScreenPartLoadResult<BooksCheckStatus>;
  messages: ScreenPartLoadResult<number>;
};

/**
 * `sendAfter`: the time of the next attempt. Null if the site has given up the e-mail and deleted its address and
 * values.
 */
export type FailedMail = FailedMailRow;

const MAX_EVENTS = 10;
const MAX_MAILS = 10;
const TRIES = 3;

type Asked = { now: Date; onFailure: OnPartFailure };

export async function getItemsAwaitingStaff(db: Db, { now, onFailure }: Asked): Promise<ItemsAwaitingStaff> {
  const found = await loadScreenPart("work", { load: () => findWorkItems(db), onFailure });
  // If the work items cannot be loaded, the site does not know which tasks are done and lists all of them. Showing a
  // finished task again is better than hiding an open one.
  return { workItems: found, ...(await loadWaiting(db, { now, onFailure, workItems: loadedWorkItemsOrEmpty(found) })) };
}

export function loadedWorkItemsOrEmpty(found: ScreenPartLoadResult<WorkItemsByKey>): WorkItemsByKey {
  return found.kind === "here" ? found.value : NO_WORK_ITEMS;
}

async function loadWaiting(db: Db, { now, onFailure, workItems }: Asked & { workItems: WorkItemsByKey }) {
  const open = <Item>(items: Item[], name: (item: Item) => TaskKeyAndState) =>
    items.filter((item) => !isWorkDone(workItems, name(item)));
  const [deadLetters, failedMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages] =
    await Promise.all([
      loadScreenPart("dead-letters", { load: () => findDeadLetters(db, workItems), onFailure }),
      loadScreenPart("stuck-mails", { load: () => findFailedMails(db, workItems), onFailure }),
      loadScreenPart("mail-stops", { load: () => listOpenMailStops(db), onFailure }),
      loadScreenPart("disputes", {
        load: async () => open(await listOpenDisputes(db), workOf.disputeTaskKeyAndState),
        onFailure,
      }),
      loadScreenPart("left-evidence", {
        load: async () => open(await listUnerasedEvidence(db), workOf.unerasedEvidenceTaskKeyAndState),
        onFailure,
      }),
      loadScreenPart("refunds", { load: () => selectWaitingRequests(db, now), onFailure }),
      loadScreenPart("bursts", {
        load: async () => open(await listRateLimitAlerts(db, now), workOf.rateLimitAlertTaskKeyAndState),
        onFailure,
      }),
      loadScreenPart("books", { load: () => getBooksCheckStatus(db, now, { workItems }), onFailure }),
      loadScreenPart("messages", { load: () => countUnreadMessages(db), onFailure }),
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
  const here = <Value>(part: ScreenPartLoadResult<Value>, list: (value: Value) => TaskKeyAndState[]) =>
    part.kind === "here" ? list(part.value) : [];
  return [
    ...here(disputes, (all) => all.map(workOf.disputeTaskKeyAndState)),
    ...here(leftEvidence, (all) => all.map(workOf.unerasedEvidenceTaskKeyAndState)),
    ...here(deadLetters, ({ shown }) => shown.map(workOf.deadLetterTaskKeyAndState)),
    ...here(books, ({ last }) => [
      ...(last?.open.differences.shown ?? []).map(workOf.differenceTaskKeyAndState),
      ...(last?.open.unreadable.shown ?? []).map(workOf.unrecordableObjectTaskKeyAndState),
    ]),
    ...here(failedMails, ({ shown }) => shown.map(workOf.failedMailTaskKeyAndState)),
    ...here(mailStops, (all) => all.map(workOf.stoppedAddressTaskKeyAndState)),
    ...here(bursts, (all) => all.map(workOf.rateLimitAlertTaskKeyAndState)),
  ];
}

function countIn<Value>(part: ScreenPartLoadResult<Value>, count: (value: Value) => number): number | null {
  return part.kind === "here" ? count(part.value) : null;
}

export async function findWorkItems(db: Db): Promise<WorkItemsByKey> {
  return new Map((await selectWorkItems(db)).map((item) => [item.key, item]));
}

/**
 * Lists all dead letters that no colleague has marked as done. The queue page counts them all but shows only the first
 * MAX_EVENTS.
 */
export async function listWaitingDeadLetters(db: Db): Promise<DeadLetter[]> {
  const [letters, workItems] = await Promise.all([listDeadLetters(db), findWorkItems(db)]);
  return letters.filter((letter) => !isWorkDone(workItems, workOf.deadLetterTaskKeyAndState(letter)));
}

function findDeadLetters(db: Db, workItems: WorkItemsByKey): Promise<WaitingTasksAndCount<DeadLetter>> {
  const list = ({ scope, limit }: TaskScopeAndLimit) =>
    listDeadLetters(
      db,
      scope === "all" ? { limit } : { ids: [...workItems.keys()].flatMap(workOf.deadLetterIdsOfTaskKey) },
    );
  const count = () => countDeadLetters(db);
  return findUndoneTasks({ list, count, workOf: workOf.deadLetterTaskKeyAndState }, { workItems, limit: MAX_EVENTS });
}

function findFailedMails(db: Db, workItems: WorkItemsByKey): Promise<WaitingTasksAndCount<FailedMail>> {
  const list = (wanted: TaskScopeAndLimit) => selectFailedMails(db, { tries: TRIES, ...wanted });
  const count = () => countFailedMails(db, TRIES);
  return findUndoneTasks({ list, count, workOf: workOf.failedMailTaskKeyAndState }, { workItems, limit: MAX_MAILS });
}
