import type { GiftMessage } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";

export function findMessageRow(db: Db | Tx, paymentId: string): Promise<GiftMessage | null> {
  return db.giftMessage.findUnique({ where: { paymentId } });
}

/** Adds a message. Returns false if the payment already has one. */
export async function insertGiftMessage(tx: Tx, row: GiftMessage): Promise<boolean> {
  if (await findMessageRow(tx, row.paymentId)) return false;
  await tx.giftMessage.create({ data: row });
  return true;
}

type ReplacedWords = {
  paymentId: string;
  version: number;
  row: Pick<GiftMessage, "wordsSealed" | "mayPublish" | "writtenAt">;
};

/**
 * Replaces a message's words. Returns false if a colleague has read the message, its version has changed, or it was
 * withdrawn.
 */
export async function replaceUnreadMessageWords(tx: Tx, { paymentId, version, row }: ReplacedWords): Promise<boolean> {
  const where = { paymentId, version, status: "unread" };
  return (await tx.giftMessage.updateMany({ where, data: { ...row, version: version + 1 } })).count === 1;
}

/**
 * Stores a colleague's decision. Returns false if the writer has changed or withdrawn the message since the colleague
 * saw it.
 */
export async function setMessageStatus(
  tx: Tx,
  { paymentId, version, status }: Pick<GiftMessage, "paymentId" | "version" | "status">,
): Promise<boolean> {
  return (await tx.giftMessage.updateMany({ where: { paymentId, version }, data: { status } })).count === 1;
}

export async function deleteGiftMessage(db: Db | Tx, paymentId: string): Promise<void> {
  await db.giftMessage.deleteMany({ where: { paymentId } });
}

export function selectUnreadMessages(db: Db, limit: number): Promise<GiftMessage[]> {
  return db.giftMessage.findMany({
    where: { status: "unread" },
    orderBy: [{ writtenAt: "asc" }, { paymentId: "asc" }],
    take: limit,
  });
}

export function selectMessagesWithStatus(db: Db, status: string, limit: number): Promise<GiftMessage[]> {
  return db.giftMessage.findMany({
    where: { status },
    orderBy: [{ writtenAt: "desc" }, { paymentId: "asc" }],
    take: limit,
  });
}

export function countUnreadMessages(db: Db): Promise<number> {
  return db.giftMessage.count({ where: { status: "unread" } });
}

export function selectPublishedMessages(db: Db, limit: number) {
  return db.giftMessage.findMany({
    where: { status: "published", mayPublish: true },
    orderBy: [{ writtenAt: "desc" }, { paymentId: "asc" }],
    take: limit,
    include: { payment: true },
  });
}
