// Subscriptions to letters, by e-mail and as a feed. Each letter is e-mailed at most once to a person who subscribed
// before its publication. The person must also be allowed to read letters, and the letter must exist in their language.
import type { LetterToSupporters } from "../articles/article";
import type { Db } from "../database";
import { type FailureReporter, forEachIsolated } from "../for-each-isolated";
import { queueMail } from "../ledger/outbox";
import { withdrawUnsentMail } from "../ledger/store/outbox";
import { findMailAddress, type MailRecipient } from "../ledger/store/supporters";
import { mayReadLetters } from "./letters";
import type { SignedInPerson } from "./signed-in-person";
import { findSupporterByAddress } from "./store";
import {
  advanceLetterMailingCursor,
  changeLetterReader,
  ensureLetterMailing,
  findFreeSeat,
  findLetterMailing,
  findLetterReader,
  findLetterReaderByFeed,
  findLetterReaderById,
  insertLetterReader,
  listLetterMailSubscribers,
  markLetterMailingFinished,
} from "./store/letters";

/**
 * If a letter is older than this when the site first finds it, the site does not send it by e-mail. So a new site does
 * not send all old letters.
 */
const MAIL_WITHIN_DAYS = 7;
const DAY_MS = 86_400_000;

type Owner = Pick<SignedInPerson, "supporterId" | "emailHash">;
type Row = NonNullable<Awaited<ReturnType<typeof findLetterReaderById>>>;

export type LetterChoices = { byMail: boolean; hasFeed: boolean };

export async function findLetterChoices(db: Db, viewer: Owner): Promise<LetterChoices> {
  const reader = await findLetterReader(db, viewer);
  return { byMail: (reader?.byMailSince ?? null) !== null, hasFeed: (reader?.feedTokenHash ?? null) !== null };
}

/**
 * Subscribes the person to letters by e-mail. `newReaderId`: the id of the row that is inserted if this person has no
 * row yet.
 */
export async function startLettersByMail(
  db: Db,
  viewer: Owner,
  { newReaderId, now }: { newReaderId: string; now: Date },
): Promise<void> {
  const reader = await getReader(db, viewer, newReaderId);
  if (reader.byMailSince === null) await changeLetterReader(db, reader.id, { byMailSince: now });
}

export async function endLetterEmailSubscription(db: Db, viewer: Owner): Promise<void> {
  const reader = await findLetterReader(db, viewer);
  if (reader) await stopEmailingLettersTo(db, reader.id);
}

/** Ends the subscription to letters by e-mail, and withdraws unsent letters. Does nothing if the id is unknown. */
export async function stopEmailingLettersTo(db: Db, readerId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await changeLetterReader(tx, readerId, { byMailSince: null });
    await withdrawUnsentMail(tx, `letter:${readerId}:`);
  });
}

export async function getsLettersByMail(db: Db, readerId: string): Promise<boolean> {
  return ((await findLetterReaderById(db, readerId))?.byMailSince ?? null) !== null;
}

/**
 * Gives the person's feed a new secret, so that its old URL stops working. `feedTokenHash`: the hash of the secret;
 * null closes the feed.
 */
export async function setFeedToken(
  db: Db,
  viewer: Owner,
  { newReaderId, feedTokenHash }: { newReaderId: string; feedTokenHash: string | null },
): Promise<void> {
  const reader = await getReader(db, viewer, newReaderId);
  await changeLetterReader(db, reader.id, { feedTokenHash });
}

/**
 * Finds a feed by the hash of its secret, or returns null if no feed has this secret. `isOpen`: false if its owner is
 * not allowed to read letters now.
 */
export async function findLetterFeed(
  db: Db,
  { feedTokenHash, now }: { feedTokenHash: string; now: Date },
): Promise<{ isOpen: boolean; locale: string | null } | null> {
  const row = await findLetterReaderByFeed(db, feedTokenHash);
  if (!row) return null;
  const person = await findPerson(db, row);
  return { isOpen: person !== null && (await mayReadLetters(db, person, now)), locale: person?.to.locale ?? null };
}

type Mailing = {
  letter: Pick<LetterToSupporters, "slug" | "publishedAt">;
  /** Returns true if the letter exists in this language. */
  isWrittenIn: (locale: string) => boolean;
  now: Date;
  limit: number;
  /**
   * Called with the error that prevented the site from checking whether a person may read letters. This person does not
   * get the letter, but the others do.
   */
  onFailure: FailureReporter;
};

/**
 * Queues the letter for the next `limit` subscribers. Returns false if no subscriber is left. Also returns false if the
 * letter was already sent, is too old, or is not published yet.
 */
export async function queueLetterBatch(
  db: Db,
  { letter, isWrittenIn, now, limit, onFailure }: Mailing,
): Promise<boolean> {
  const publishedAt = new Date(letter.publishedAt);
  const ageMs = now.getTime() - publishedAt.getTime();
  const mailing = await findLetterMailing(db, letter.slug);
  const isDue = mailing ? mailing.finishedAt === null : ageMs < MAIL_WITHIN_DAYS * DAY_MS;
  if (ageMs < 0 || !isDue) return false;
  const { cursor } = mailing ?? (await ensureLetterMailing(db, { letter: letter.slug, startedAt: now }));
  const readers = await listLetterMailSubscribers(db, { after: cursor, subscribedBefore: publishedAt, limit });
  const last = readers.at(-1);
  if (!last) {
    await markLetterMailingFinished(db, { letter: letter.slug, now });
    return false;
  }
  const due = await listThoseWhoMayRead(db, { readers, isWrittenIn, now, onFailure });
  await db.$transaction(async (tx) => {
    const queued = due.length;
    if (!(await advanceLetterMailingCursor(tx, { letter: letter.slug, from: cursor, to: last.id, queued }))) return;
    for (const { id, to } of due) {
      const values = { readerId: id, letter: letter.slug };
      await queueMail(tx, { kind: "letter", factKey: `letter:${id}:${letter.slug}`, to, values, now });
    }
  });
  return true;
}

async function listThoseWhoMayRead(
  db: Db,
  { readers, isWrittenIn, now, onFailure }: Pick<Mailing, "isWrittenIn" | "now" | "onFailure"> & { readers: Row[] },
): Promise<{ id: string; to: MailRecipient }[]> {
  const due: { id: string; to: MailRecipient }[] = [];
  const checkReader = async (row: Row) => {
    const person = await findPerson(db, row);
    if (person && isWrittenIn(person.to.locale) && (await mayReadLetters(db, person, now)))
      due.push({ id: row.id, to: person.to });
  };
  await forEachIsolated(readers, checkReader, { onFailure: ({ id }, error) => onFailure(id, error) });
  return due;
}

/**
 * Finds the person to whom a row belongs, and their current e-mail address. Returns null if there is no such address.
 */
async function findPerson(db: Db, { supporterId, emailHash }: Row): Promise<(Owner & { to: MailRecipient }) | null> {
  const supporter = supporterId ?? (emailHash === null ? null : await findSupporterAt(db, emailHash));
  if (supporter !== null) {
    const to = await findMailAddress(db, supporter);
    return to && { supporterId: supporter, emailHash: emailHash ?? to.emailHash, to };
  }
  const seat = emailHash === null ? null : await findFreeSeat(db, emailHash);
  return seat && { supporterId: null, emailHash: seat.emailHash, to: seat };
}

async function findSupporterAt(db: Db, emailHash: string): Promise<string | null> {
  const address = await findSupporterByAddress(db, emailHash);
  return address && address.until === null ? address.supporter.id : null;
}

async function getReader(db: Db, viewer: Owner, id: string): Promise<Row> {
  const found = await findLetterReader(db, viewer);
  if (found) return found;
  await insertLetterReader(db, { id, ...viewer });
  const reader = await findLetterReaderById(db, id);
  if (!reader) throw new Error(`letter reader ${id} disappeared between insert and read`);
  return reader;
}
