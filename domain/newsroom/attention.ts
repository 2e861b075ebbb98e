import type { Db } from "../database";
import { countDeadLetters, type DeadLetter, listDeadLetters } from "../ledger/dead-letters";
import type { WaitingKind } from "../ledger/outbox";
import { countUnreadMessages } from "../supporters/store/messages";
import { listRateLimitAlerts } from "./alerts";
import { areBooksInOrder, type Books, findBooks } from "./books";
import { listOpenDisputes, listUnerasedEvidence, type OpenDispute, type UnerasedEvidence } from "./disputes";
import { type LoadedPart, loadPart, type OnFailure } from "./loaded-part";
import { listOpenMailStops, type OpenMailStop } from "./mail-stops";
import type { StaffRequest } from "./people/requests";
import { selectWaitingRequests } from "./people/store/requests";
import type { RateLimitAlert } from "./store";
import {
  countFailedMails,
  type FailedMailRow,
  selectFailedMails,
  selectWorkItems,
  type WantedTasks,
} from "./store/work";
import {
  findWaitingItems,
  isWorkDone,
  NO_WORK_ITEMS,
  type WaitingItems,
  type WorkItemsByKey,
  type WorkState,
} from "./work";
import * as workOf from "./work-names";

export type Attention = {
  workItems: LoadedPart<WorkItemsByKey>;
  deadLetters: LoadedPart<WaitingItems<DeadLetter>>;
  /** E-mails that could not be sent after several attempts. */
  stuckMails: LoadedPart<WaitingItems<FailedMail>>;
  /** E-mail addresses whose owner reported that they did not request our e-mails. */
  mailStops: LoadedPart<OpenMailStop[]>;
  disputes: LoadedPart<OpenDispute[]>;
  /** Evidence about erased supporters that Stripe refused to remove. */
  leftEvidence: LoadedPart<UnerasedEvidence[]>;
  /** Refunds that a second colleague must confirm. */
  refunds: LoadedPart<StaffRequest[]>;
  /** The periods of the past day in which gifts were slowed down by the rate limit. */
  bursts: LoadedPart<RateLimitAlert[]>;
  books: LoadedPart<Books>;
  messages: LoadedPart<number>;
};

/** `sendAfter`: the time of the next retry; null if the e-mail was given up. Its address and values are then deleted. */
export type FailedMail = FailedMailRow;

const MAX_EVENTS = 10;
const MAX_MAILS = 10;
const TRIES = 3;

type Asked = { now: Date; onFailure: OnFailure };

export async function findAttention(db: Db, { now, onFailure }: Asked): Promise<Attention> {
  const found = await loadPart("work", { load: () => findWorkItems(db), onFailure });
  // If it is unknown which tasks are done, all are listed: showing a finished task again is better than hiding an open one.
  return { workItems: found, ...(await loadWaiting(db, { now, onFailure, workItems: workItemsOrNone(found) })) };
}

export function workItemsOrNone(found: LoadedPart<WorkItemsByKey>): WorkItemsByKey {
  return found.kind === "here" ? found.value : NO_WORK_ITEMS;
}

async function loadWaiting(db: Db, { now, onFailure, workItems }: Asked & { workItems: WorkItemsByKey }) {
  const open = <Item>(items: Item[], name: (item: Item) => WorkState) =>
    items.filter((item) => !isWorkDone(workItems, name(item)));
  const [deadLetters, stuckMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages] =
    await Promise.all([
      loadPart("dead-letters", { load: () => findDeadLetters(db, workItems), onFailure }),
      loadPart("stuck-mails", { load: () => findFailedMails(db, workItems), onFailure }),
      loadPart("mail-stops", { load: () => listOpenMailStops(db), onFailure }),
      loadPart("disputes", { load: async () => open(await listOpenDisputes(db), workOf.disputeWorkState), onFailure }),
      loadPart("left-evidence", {
        load: async () => open(await listUnerasedEvidence(db), workOf.unerasedEvidenceWorkState),
        onFailure,
      }),
      loadPart("refunds", { load: () => selectWaitingRequests(db, now), onFailure }),
      loadPart("bursts", {
        load: async () => open(await listRateLimitAlerts(db, now), workOf.rateLimitAlertWorkState),
        onFailure,
      }),
      loadPart("books", { load: () => findBooks(db, now, workItems), onFailure }),
      loadPart("messages", { load: () => countUnreadMessages(db), onFailure }),
    ]);
  return { deadLetters, stuckMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages };
}

/** A kind that could not be read counts as one task. */
export function countWaiting(attention: Attention): number {
  return Object.values(countByKind(attention)).reduce<number>((sum, count) => sum + (count ?? 1), 0);
}

/** The count is null if the tasks could not be read. */
export function countByKind(attention: Attention): Record<WaitingKind, number | null> {
  const { deadLetters, stuckMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages } = attention;
  return {
    disputes: countIn(disputes, ({ length }) => length),
    "left-evidence": countIn(leftEvidence, ({ length }) => length),
    refunds: countIn(refunds, ({ length }) => length),
    "dead-letters": countIn(deadLetters, ({ count }) => count),
    bursts: countIn(bursts, ({ length }) => length),
    books: countIn(books, (value) => (areBooksInOrder(value) ? 0 : 1)),
    "mail-stops": countIn(mailStops, ({ length }) => length),
    "stuck-mails": countIn(stuckMails, ({ count }) => count),
    messages: countIn(messages, (count) => count),
  };
}

/** Lists the shown tasks that a colleague can take or mark as done. */
export function listShownWork(attention: Attention): WorkState[] {
  const { deadLetters, stuckMails, mailStops, disputes, leftEvidence, bursts, books } = attention;
  const here = <Value>(part: LoadedPart<Value>, list: (value: Value) => WorkState[]) =>
    part.kind === "here" ? list(part.value) : [];
  return [
    ...here(disputes, (all) => all.map(workOf.disputeWorkState)),
    ...here(leftEvidence, (all) => all.map(workOf.unerasedEvidenceWorkState)),
    ...here(deadLetters, ({ shown }) => shown.map(workOf.deadLetterWorkState)),
    ...here(books, ({ last }) => [
      ...(last?.open.differences.shown ?? []).map(workOf.differenceWorkState),
      ...(last?.open.unreadable.shown ?? []).map(workOf.unreadableObjectWorkState),
    ]),
    ...here(stuckMails, ({ shown }) => shown.map(workOf.failedMailWorkState)),
    ...here(mailStops, (all) => all.map(workOf.mailStopWorkState)),
    ...here(bursts, (all) => all.map(workOf.rateLimitAlertWorkState)),
  ];
}

function countIn<Value>(part: LoadedPart<Value>, count: (value: Value) => number): number | null {
  return part.kind === "here" ? count(part.value) : null;
}

export async function findWorkItems(db: Db): Promise<WorkItemsByKey> {
  return new Map((await selectWorkItems(db)).map((item) => [item.key, item]));
}

/** Lists the failed events that are not marked as done: all that the queue counts, also those that it does not show. */
export async function listWaitingDeadLetters(db: Db): Promise<DeadLetter[]> {
  const [letters, workItems] = await Promise.all([listDeadLetters(db), findWorkItems(db)]);
  return letters.filter((letter) => !isWorkDone(workItems, workOf.deadLetterWorkState(letter)));
}

function findDeadLetters(db: Db, workItems: WorkItemsByKey): Promise<WaitingItems<DeadLetter>> {
  const list = ({ among, most }: WantedTasks) =>
    listDeadLetters(db, among === "all" ? { most } : { ids: [...workItems.keys()].flatMap(workOf.deadLetterIdOf) });
  const count = () => countDeadLetters(db);
  return findWaitingItems({ list, count, workOf: workOf.deadLetterWorkState }, { workItems, most: MAX_EVENTS });
}

function findFailedMails(db: Db, workItems: WorkItemsByKey): Promise<WaitingItems<FailedMail>> {
  const list = (wanted: WantedTasks) => selectFailedMails(db, { tries: TRIES, ...wanted });
  const count = () => countFailedMails(db, TRIES);
  return findWaitingItems({ list, count, workOf: workOf.failedMailWorkState }, { workItems, most: MAX_MAILS });
}
