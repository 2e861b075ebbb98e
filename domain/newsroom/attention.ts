// The queue of tasks that wait for staff, such as disputes, events that could not be recorded, differences from Stripe and
// unsent e-mails. It contains ids and kinds only. Leaves out tasks that a colleague has marked as done.
import type { Db } from "../database";
import { countDeadLetters, type DeadLetter, listDeadLetters } from "../ledger/dead-letters";
import { countUnreadMessages } from "../supporters/store/messages";
import { listAlerts } from "./alerts";
import { type Books, findBooks, isBooksQuiet } from "./books";
import { type LeftEvidence, listLeftEvidence, listOpenDisputes, type OpenDispute } from "./disputes";
import { listOpenMailStops, type OpenMailStop } from "./mail-stops";
import { loadPart, type OnFailure, type Part } from "./part";
import type { StaffRequest } from "./people/requests";
import { selectWaitingRequests } from "./people/store/requests";
import type { RateLimitAlert } from "./store";
import { countFailedMails, type FailedMailRow, selectFailedMails, selectWorkItems } from "./store/work";
import { countDone, isDone, type Marks, NO_MARKS, type Waiting, type Work, withoutDone } from "./work";
import * as workOf from "./work-names";

export type Attention = {
  /** The tasks that a colleague has taken, and those that are done. */
  marks: Part<Marks>;
  deadLetters: Part<Waiting<DeadLetter>>;
  /** E-mails that could not be sent after several attempts. */
  stuckMails: Part<Waiting<FailedMail>>;
  /** E-mail addresses whose owner reported that they did not request our e-mails. */
  mailStops: Part<OpenMailStop[]>;
  disputes: Part<OpenDispute[]>;
  /** Evidence about erased supporters that Stripe refused to remove. */
  leftEvidence: Part<LeftEvidence[]>;
  /** Refunds that a second colleague must confirm. */
  refunds: Part<StaffRequest[]>;
  /** The periods of the past day in which gifts were slowed down by the rate limit. */
  bursts: Part<RateLimitAlert[]>;
  books: Part<Books>;
  /** The number of unread messages that came with gifts. */
  messages: Part<number>;
};

/** `sendAfter`: the time of the next retry; null if the e-mail was given up. Its address and values are then deleted. */
export type FailedMail = FailedMailRow;

const MAX_EVENTS = 10;
const MAX_MAILS = 10;
const TRIES = 3;

type Asked = { now: Date; onFailure: OnFailure };

export async function findAttention(db: Db, { now, onFailure }: Asked): Promise<Attention> {
  const found = await loadPart("work", { load: () => findMarks(db), onFailure });
  // If it is unknown which tasks are done, all tasks are listed, because a task that is done is better shown again than an open
  // one hidden.
  return { marks: found, ...(await loadWaiting(db, { now, onFailure, marks: marksOf(found) })) };
}

export function marksOf(found: Part<Marks>): Marks {
  return found.kind === "here" ? found.value : NO_MARKS;
}

async function loadWaiting(db: Db, { now, onFailure, marks }: Asked & { marks: Marks }) {
  const open = <Item>(items: Item[], name: (item: Item) => Work) => items.filter((item) => !isDone(marks, name(item)));
  const [deadLetters, stuckMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages] =
    await Promise.all([
      loadPart("dead-letters", { load: () => findDeadLetters(db, marks), onFailure }),
      loadPart("stuck-mails", { load: () => findFailedMails(db, marks), onFailure }),
      loadPart("mail-stops", { load: () => listOpenMailStops(db), onFailure }),
      loadPart("disputes", { load: async () => open(await listOpenDisputes(db), workOf.dispute), onFailure }),
      loadPart("left-evidence", { load: async () => open(await listLeftEvidence(db), workOf.leftEvidence), onFailure }),
      loadPart("refunds", { load: () => selectWaitingRequests(db, now), onFailure }),
      loadPart("bursts", { load: async () => open(await listAlerts(db, now), workOf.burst), onFailure }),
      loadPart("books", { load: () => findBooks(db, now, marks), onFailure }),
      loadPart("messages", { load: () => countUnreadMessages(db), onFailure }),
    ]);
  return { deadLetters, stuckMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages };
}

/** The kinds of tasks, in the order of the page. Each has a message `mail.summary.waiting.<kind>`. */
export const WAITING_KINDS = [
  "disputes",
  "left-evidence",
  "refunds",
  "dead-letters",
  "bursts",
  "books",
  "mail-stops",
  "stuck-mails",
  "messages",
] as const;
export type WaitingKind = (typeof WAITING_KINDS)[number];

/** Returns the number of tasks that wait for staff. A kind that could not be read counts as one task. */
export function countWaiting(attention: Attention): number {
  return Object.values(countByKind(attention)).reduce<number>((sum, count) => sum + (count ?? 1), 0);
}

/** Counts the tasks of each kind. The count is null if the tasks could not be read. */
export function countByKind(attention: Attention): Record<WaitingKind, number | null> {
  const { deadLetters, stuckMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages } = attention;
  return {
    disputes: countIn(disputes, ({ length }) => length),
    "left-evidence": countIn(leftEvidence, ({ length }) => length),
    refunds: countIn(refunds, ({ length }) => length),
    "dead-letters": countIn(deadLetters, ({ count }) => count),
    bursts: countIn(bursts, ({ length }) => length),
    books: countIn(books, (value) => (isBooksQuiet(value) ? 0 : 1)),
    "mail-stops": countIn(mailStops, ({ length }) => length),
    "stuck-mails": countIn(stuckMails, ({ count }) => count),
    messages: countIn(messages, (count) => count),
  };
}

/** Lists every task that a colleague can take or mark as done. */
export function listShownWork(attention: Attention): Work[] {
  const { deadLetters, stuckMails, mailStops, disputes, leftEvidence, bursts, books } = attention;
  const here = <Value>(part: Part<Value>, list: (value: Value) => Work[]) =>
    part.kind === "here" ? list(part.value) : [];
  return [
    ...here(disputes, (all) => all.map(workOf.dispute)),
    ...here(leftEvidence, (all) => all.map(workOf.leftEvidence)),
    ...here(deadLetters, ({ shown }) => shown.map(workOf.deadLetter)),
    ...here(books, ({ last }) => [
      ...(last?.open.differences.shown ?? []).map(workOf.difference),
      ...(last?.open.unreadable.shown ?? []).map(workOf.unreadable),
    ]),
    ...here(stuckMails, ({ shown }) => shown.map(workOf.mail)),
    ...here(mailStops, (all) => all.map(workOf.mailStop)),
    ...here(bursts, (all) => all.map(workOf.burst)),
  ];
}

function countIn<Value>(part: Part<Value>, count: (value: Value) => number): number | null {
  return part.kind === "here" ? count(part.value) : null;
}

export async function findMarks(db: Db): Promise<Marks> {
  return new Map((await selectWorkItems(db)).map((item) => [item.key, item]));
}

async function findDeadLetters(db: Db, marks: Marks): Promise<Waiting<DeadLetter>> {
  const most = MAX_EVENTS + countDone(marks);
  const rows = await listDeadLetters(db, { most });
  const count = rows.length < most ? rows.length : await countDeadLetters(db);
  return withoutDone({ rows, count }, { marks, workOf: workOf.deadLetter, most: MAX_EVENTS });
}

async function findFailedMails(db: Db, marks: Marks): Promise<Waiting<FailedMail>> {
  const most = MAX_MAILS + countDone(marks);
  const rows = await selectFailedMails(db, { tries: TRIES, most });
  const count = rows.length < most ? rows.length : await countFailedMails(db, TRIES);
  return withoutDone({ rows, count }, { marks, workOf: workOf.mail, most: MAX_MAILS });
}
