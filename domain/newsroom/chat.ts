// Notes for the newsroom's chat: how many new items wait for a person, and their nearest deadline. A note names no person and no amount, and no id
// but a dispute's. The chat hears of each item once, and of each kind at most once an hour, so one note may be about several items.
import type { Db } from "../database";
import { listDeadLetters } from "../ledger/dead-letters";
import { type Attention, findAttention, marksOf } from "./attention";
import { type Books, isBooksQuiet } from "./books";
import { loadPart, type OnFailure } from "./part";
import { type ChatNoteRow, insertNotes, listKnownNotes, listNotedKinds } from "./store/chat";
import { isDone, type Work } from "./work";
import * as workOf from "./work-names";

/** Each has words in the messages as `chat.<kind>`. */
export const CHAT_KINDS = ["disputes", "dead-letters", "bursts", "books"] as const;
export type ChatKind = (typeof CHAT_KINDS)[number];

/** `answerBy`: the nearest deadline, ISO 8601. `dispute`: its id, where the note is about one alone. */
export type ChatValues = { count: number; answerBy: string | null; dispute: string | null };

type Item = { kind: ChatKind; key: string; answerBy?: Date; dispute?: string };

const AN_HOUR_MS = 60 * 60 * 1000;
const MOST_EVENTS = 200;

/** Queues a note for each kind that has something new. Returns the number of notes. */
export async function queueChatNotes(db: Db, { now, onFailure }: { now: Date; onFailure: OnFailure }): Promise<number> {
  const items = await listItems(db, { now, onFailure });
  const known = await listKnownNotes(
    db,
    items.map(({ key }) => key),
  );
  if (items.every(({ key }) => known.includes(key))) return 0;
  return db.$transaction(async (tx) => {
    // Read again within the transaction: another server may have queued them since.
    const queued = await listKnownNotes(
      tx,
      items.map(({ key }) => key),
    );
    const toldLately = await listNotedKinds(tx, new Date(now.getTime() - AN_HOUR_MS));
    const fresh = items.filter(({ key, kind }) => !queued.includes(key) && !toldLately.includes(kind));
    const notes = CHAT_KINDS.map((kind) => fresh.filter((item) => item.kind === kind)).filter(
      ({ length }) => length > 0,
    );
    await insertNotes(
      tx,
      notes.flatMap((about) => rowsOf(about, now)),
    );
    return notes.length;
  });
}

/** Makes a row for each item, so that the chat hears of each once. Only the first row carries the note. */
function rowsOf(about: Item[], now: Date) {
  const deadlines = about.flatMap(({ answerBy }) => answerBy?.toISOString() ?? []).sort();
  const dispute = about.length === 1 ? (about[0]?.dispute ?? null) : null;
  const values: ChatValues = { count: about.length, answerBy: deadlines[0] ?? null, dispute };
  return about.map(({ key, kind }, index) => ({
    ...{ key, kind, queuedAt: now },
    ...(index === 0 ? { values: JSON.stringify(values), sendAfter: now } : {}),
  }));
}

export function readValues({ values }: Pick<ChatNoteRow, "values">): ChatValues {
  return JSON.parse(values) as ChatValues;
}

/** Lists what waits for a person, except items that a colleague is done with. */
async function listItems(db: Db, { now, onFailure }: { now: Date; onFailure: OnFailure }): Promise<Item[]> {
  const attention = await findAttention(db, { now, onFailure });
  const marks = marksOf(attention.marks);
  const load = () => listDeadLetters(db, { most: MOST_EVENTS });
  const letters = await loadPart("dead-letters", { load, onFailure });
  const events = letters.kind === "here" ? letters.value.map(workOf.deadLetter) : [];
  return [
    ...disputesOf(attention),
    ...events.filter((work) => !isDone(marks, work)).map(({ key }): Item => ({ kind: "dead-letters", key })),
    ...(attention.bursts.kind === "here"
      ? attention.bursts.value.map((burst): Item => ({ kind: "bursts", key: workOf.burst(burst).key }))
      : []),
    ...(attention.books.kind === "here" ? booksOf(attention.books.value) : []),
  ];
}

/** The deadline is part of the key: an inquiry that becomes a dispute gets a new deadline, so it counts as new. */
function disputesOf({ disputes }: Attention): Item[] {
  if (disputes.kind !== "here") return [];
  return disputes.value.flatMap(({ id, answerBy }): Item[] =>
    answerBy ? [{ kind: "disputes", key: `dispute:${id}:${answerBy.toISOString()}`, answerBy, dispute: id }] : [],
  );
}

/** If tomorrow's check finds the same differences, their key is the same and nothing is sent. New differences are a new item. */
function booksOf(books: Books): Item[] {
  if (isBooksQuiet(books)) return [];
  const { last } = books;
  if (books.isStale || !last)
    return [{ kind: "books", key: `books:stale:${last?.checkedAt.toISOString() ?? "never"}` }];
  const { differences, unreadable } = last.open;
  const first: Work | undefined =
    differences.shown.map(workOf.difference)[0] ?? unreadable.shown.map(workOf.unreadable)[0];
  return [{ kind: "books", key: `books:${differences.count}:${unreadable.count}:${first?.key}:${first?.state}` }];
}
