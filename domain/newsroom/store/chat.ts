import type { ChatNote } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";

export type ChatMessageRow = ChatNote;

export async function listExistingChatMessageKeys(db: Db | Tx, keys: string[]): Promise<string[]> {
  const rows = await db.chatNote.findMany({ where: { key: { in: keys } }, select: { key: true } });
  return rows.map(({ key }) => key);
}

export async function listRecentChatMessageKinds(db: Db | Tx, after: Date): Promise<string[]> {
  const rows = await db.chatNote.findMany({
    where: { queuedAt: { gt: after } },
    distinct: ["kind"],
    select: { kind: true },
  });
  return rows.map(({ kind }) => kind);
}

export async function insertChatMessages(
  tx: Tx,
  messages: (Pick<ChatNote, "key" | "kind" | "queuedAt"> & Partial<ChatNote>)[],
) {
  await tx.chatNote.createMany({ data: messages });
}

const due = (now: Date) => ({ sendAfter: { lte: now }, OR: [{ heldUntil: null }, { heldUntil: { lte: now } }] });

export function selectDueChatMessages(db: Db, { now, limit }: { now: Date; limit: number }): Promise<ChatNote[]> {
  return db.chatNote.findMany({ where: due(now), orderBy: { sendAfter: "asc" }, take: limit });
}

/**
 * Reserves a message until `until`, so that only one server sends it. Returns false if the message is not due, or
 * another server has reserved it.
 */
export async function claimChatMessage(
  db: Db,
  { key, now, until }: { key: string; now: Date; until: Date },
): Promise<boolean> {
  const { count } = await db.chatNote.updateMany({ where: { key, ...due(now) }, data: { heldUntil: until } });
  return count === 1;
}

export async function updateChatMessageRow(db: Db, key: string, to: Partial<Omit<ChatNote, "key">>): Promise<void> {
  await db.chatNote.updateMany({ where: { key }, data: to });
}
