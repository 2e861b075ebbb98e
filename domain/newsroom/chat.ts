// Queues short messages about new tasks for the newsroom's chat. A message contains no personal data, no amount, and no
// id except that of a dispute. Each task is counted in only one message. Only a dispute with a new deadline, or a
// difference that has changed, is counted again. In one hour there is at most one message for each kind of task.
import type { Db, Tx } from "../database";
import { listDeadLetters } from "../ledger/dead-letters";
import { listRateLimitAlerts } from "./alerts";
import { listTaskProgressByKey } from "./attention";
import { areBooksInOrder, getBooksCheckStatus, type LastBooksCheckWithStaleness } from "./books";
import { listUndecidedDisputes, type OpenDispute } from "./disputes";
import { loadPageSection, type OnPageSectionFailure } from "./page-section";
import {
  type ChatMessageRow,
  insertChatMessages,
  listExistingChatMessageKeys,
  listRecentChatMessageKinds,
} from "./store/chat";
import * as taskOf from "./task-names";
import { isTaskFinished, NO_TASK_PROGRESS, type TaskKeyAndState } from "./task-progress";

/**
 * The kinds of tasks about which the site sends chat messages. The text of each has the key `chat.<kind>` in
 * content/messages.
 */
export const CHAT_MESSAGE_KINDS = ["disputes", "dead-letters", "bursts", "books"] as const;
export type ChatMessageKind = (typeof CHAT_MESSAGE_KINDS)[number];

/**
 * `count`: the number of tasks. `answerBy`: the nearest deadline in ISO 8601 if the message is about disputes.
 * `dispute`: the dispute's id if the message is about only one dispute.
 */
export type ChatMessageValues = { count: number; answerBy: string | null; dispute: string | null };

type Item = { kind: ChatMessageKind; key: string; answerBy?: Date; dispute?: string };

const AN_HOUR_MS = 60 * 60 * 1000;
const MAX_EVENTS = 200;

/** Queues the messages that are due. Returns their number. */
export async function queueChatMessages(
  db: Db,
  { now, onFailure }: { now: Date; onFailure: OnPageSectionFailure },
): Promise<number> {
  const items = await listItems(db, { now, onFailure });
  if ((await listFresh(db, { items, now })).length === 0) return 0;
  return db.$transaction(async (tx) => {
    // Reads again within the transaction, because another server could have queued the same messages in the meantime.
    const fresh = await listFresh(tx, { items, now });
    const notes = CHAT_MESSAGE_KINDS.map((kind) => fresh.filter((item) => item.kind === kind)).filter(
      ({ length }) => length > 0,
    );
    await insertChatMessages(
      tx,
      notes.flatMap((about) => rowsOf(about, now)),
    );
    return notes.length;
  });
}

/**
 * Lists the tasks that no message was about yet. Leaves out a task if any message about tasks of the same kind was
 * queued in the last hour.
 */
async function listFresh(db: Db | Tx, { items, now }: { items: Item[]; now: Date }): Promise<Item[]> {
  const keys = items.map(({ key }) => key);
  const queuedKeys = await listExistingChatMessageKeys(db, keys);
  const recentKinds = await listRecentChatMessageKinds(db, new Date(now.getTime() - AN_HOUR_MS));
  return items.filter(({ key, kind }) => !queuedKeys.includes(key) && !recentKinds.includes(kind));
}

/**
 * Returns the rows of a new message, one for each task that the message is about. Because of these rows, no later
 * message counts the same tasks. Only the first row contains the message's values.
 */
function rowsOf(about: Item[], now: Date) {
  const deadlines = about.flatMap(({ answerBy }) => answerBy?.toISOString() ?? []).sort();
  const dispute = about.length === 1 ? (about[0]?.dispute ?? null) : null;
  const values: ChatMessageValues = { count: about.length, answerBy: deadlines[0] ?? null, dispute };
  return about.map(({ key, kind }, index) => ({
    ...{ key, kind, queuedAt: now },
    ...(index === 0 ? { values: JSON.stringify(values), sendAfter: now } : {}),
  }));
}

export function parseChatMessageValues({ values }: Pick<ChatMessageRow, "values">): ChatMessageValues {
  return JSON.parse(values) as ChatMessageValues;
}

/**
 * Lists the open tasks of CHAT_MESSAGE_KINDS. Includes at most MAX_EVENTS dead letters, the newest ones. Leaves out a
 * kind of tasks that cannot be loaded.
 */
async function listItems(db: Db, { now, onFailure }: { now: Date; onFailure: OnPageSectionFailure }): Promise<Item[]> {
  const here = async <Value>(name: string, load: () => Promise<Value>, none: Value): Promise<Value> => {
    const part = await loadPageSection(name, { load, onFailure });
    return part.kind === "here" ? part.value : none;
  };
  const taskProgress = await here("work", () => listTaskProgressByKey(db), NO_TASK_PROGRESS);
  const [disputes, letters, bursts, books] = await Promise.all([
    here("disputes", () => listUndecidedDisputes(db), []),
    here("dead-letters", () => listDeadLetters(db, { limit: MAX_EVENTS, newestFirst: true }), []),
    here("bursts", () => listRateLimitAlerts(db, now), []),
    here("books", () => getBooksCheckStatus(db, now, { taskProgress, limit: MAX_EVENTS }), null),
  ]);
  const open = <Value>(values: Value[], taskOf: (value: Value) => TaskKeyAndState) =>
    values.filter((value) => !isTaskFinished(taskProgress, taskOf(value)));
  return [
    ...disputesOf(open(disputes, taskOf.disputeTaskKeyAndState)),
    ...open(letters, taskOf.deadLetterTaskKeyAndState).map(
      (each): Item => ({ kind: "dead-letters", key: taskOf.deadLetterTaskKeyAndState(each).key }),
    ),
    ...open(bursts, taskOf.rateLimitAlertTaskKeyAndState).map(
      (each): Item => ({ kind: "bursts", key: taskOf.rateLimitAlertTaskKeyAndState(each).key }),
    ),
    ...(books ? booksOf(books) : []),
  ];
}

/**
 * Returns an item for each dispute with a deadline. The item's key contains the deadline: if an inquiry becomes a
 * dispute, it gets a new deadline and so a new message.
 */
function disputesOf(disputes: OpenDispute[]): Item[] {
  return disputes.flatMap(({ id, answerBy }): Item[] =>
    answerBy ? [{ kind: "disputes", key: `dispute:${id}:${answerBy.toISOString()}`, answerBy, dispute: id }] : [],
  );
}

/**
 * If the books are stale, makes only one item. Otherwise makes an item for each difference and for each unreadable
 * object, at most MAX_EVENTS of each kind. A difference or object keeps its key when the next books check finds it
 * again, so it causes no new message. If there are more differences or objects, one further item stands for all of the
 * others. That item gets a new key when a check finds another total number of differences or objects.
 */
function booksOf(books: LastBooksCheckWithStaleness): Item[] {
  if (areBooksInOrder(books)) return [];
  const { last } = books;
  if (books.isStale || !last)
    return [{ kind: "books", key: `books:stale:${last?.checkedAt.toISOString() ?? "never"}` }];
  const { differences, unreadable } = last.open;
  const works = [
    ...differences.shown.map(taskOf.differenceTaskKeyAndState),
    ...unreadable.shown.map(taskOf.unrecordableObjectTaskKeyAndState),
  ];
  const items = works.map(({ key, state }): Item => ({ kind: "books", key: `books:${key}:${state}` }));
  const hasMore = differences.count > differences.shown.length || unreadable.count > unreadable.shown.length;
  return hasMore ? [...items, { kind: "books", key: `books:more:${last.differences}:${last.unreadable}` }] : items;
}
