import type { Db, Tx } from "../../database";

/**
 * Identifies a person who reads letters. `supporterId`: null for a person who has never given; their e-mail address
 * identifies them.
 */
export type LetterReaderKey = { supporterId: string | null; emailHash: string };

/**
 * Finds a letter reader's row by their supporter id or the hash of their e-mail address. If staff had
 * given the person free access to the letters before the person's first gift, the row has only the hash.
 */
export function findLetterReader(db: Db | Tx, { supporterId, emailHash }: LetterReaderKey) {
  const keys = [{ emailHash }, ...(supporterId === null ? [] : [{ supporterId }])];
  return db.letterReader.findFirst({ where: { OR: keys }, orderBy: { id: "asc" } });
}

export function findLetterReaderById(db: Db | Tx, id: string) {
  return db.letterReader.findUnique({ where: { id } });
}

export function findLetterReaderByFeed(db: Db, feedTokenHash: string) {
  return db.letterReader.findUnique({ where: { feedTokenHash } });
}

export async function insertLetterReader(tx: Tx, { id, supporterId, emailHash }: LetterReaderKey & { id: string }) {
  const key = supporterId === null ? { emailHash } : { supporterId };
  await tx.letterReader.create({ data: { id, ...key } });
}

export async function changeLetterReader(
  tx: Db | Tx,
  id: string,
  data: { byMailSince: Date | null } | { feedTokenHash: string | null },
): Promise<void> {
  await tx.letterReader.updateMany({ where: { id }, data });
}

export function listLetterMailSubscribers(
  tx: Db | Tx,
  { after, subscribedBefore, limit }: { after: string; subscribedBefore: Date; limit: number },
) {
  return tx.letterReader.findMany({
    where: { id: { gt: after }, byMailSince: { lte: subscribedBefore } },
    orderBy: { id: "asc" },
    take: limit,
  });
}

export function findLetterMailing(db: Db, letter: string) {
  return db.letterMailing.findUnique({ where: { letter } });
}

export async function ensureLetterMailing(db: Db, { letter, startedAt }: { letter: string; startedAt: Date }) {
  return db.letterMailing.upsert({ where: { letter }, create: { letter, startedAt }, update: {} });
}

/**
 * Records that a batch of subscribers has been handled. Returns false if another process has already handled this
 * batch.
 */
export async function advanceLetterMailingCursor(
  tx: Tx,
  { letter, from, to, queued }: { letter: string; from: string; to: string; queued: number },
): Promise<boolean> {
  const { count } = await tx.letterMailing.updateMany({
    where: { letter, cursor: from, finishedAt: null },
    data: { cursor: to, queued: { increment: queued } },
  });
  return count === 1;
}

export async function markLetterMailingFinished(db: Db, { letter, now }: { letter: string; now: Date }): Promise<void> {
  await db.letterMailing.updateMany({ where: { letter, finishedAt: null }, data: { finishedAt: now } });
}

export function findFreeSeat(db: Db | Tx, emailHash: string) {
  return db.freeSeat.findUnique({ where: { emailHash } });
}

export async function putFreeSeat(
  db: Db | Tx,
  seat: { emailHash: string; emailSealed: string; locale: string; until: Date; givenBy: string; givenAt: Date },
): Promise<void> {
  await db.freeSeat.upsert({ where: { emailHash: seat.emailHash }, create: seat, update: seat });
}

export async function endFreeSeat(tx: Tx, { emailHash, now }: { emailHash: string; now: Date }): Promise<void> {
  await tx.freeSeat.updateMany({ where: { emailHash, until: { gt: now } }, data: { until: now } });
}

export function listUnexpiredFreeSeats(db: Db, { now, limit }: { now: Date; limit: number }) {
  return db.freeSeat.findMany({ where: { until: { gt: now } }, orderBy: { until: "asc" }, take: limit });
}
