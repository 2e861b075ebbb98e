import type { Reminder } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";

export type ReminderRow = Reminder;

export async function insertReminder(tx: Tx, reminder: Omit<Reminder, "confirmedAt" | "sent" | "nextAt">) {
  await tx.reminder.create({ data: reminder });
}

export function findReminderRow(db: Db | Tx, id: string) {
  return db.reminder.findUnique({ where: { id } });
}

/** Stores the confirmation. Returns false if the reminder was already confirmed or does not exist. */
export async function markReminderConfirmed(
  tx: Tx,
  { id, confirmedAt, nextAt }: { id: string; confirmedAt: Date; nextAt: Date },
): Promise<boolean> {
  const { count } = await tx.reminder.updateMany({
    where: { id, confirmedAt: null },
    data: { confirmedAt, nextAt },
  });
  return count === 1;
}

export async function listOtherReminderIds(tx: Tx, { id, emailHash }: Pick<Reminder, "id" | "emailHash">) {
  const rows = await tx.reminder.findMany({ where: { emailHash, id: { not: id } }, select: { id: true } });
  return rows.map((row) => row.id);
}

export function listDueReminders(db: Db, { now, limit }: { now: Date; limit: number }) {
  return db.reminder.findMany({ where: { nextAt: { lte: now } }, orderBy: { nextAt: "asc" }, take: limit });
}

/**
 * Stores how many e-mails of the reminder were due and when the next one is. Returns false if another process has
 * already stored it.
 */
export async function moveReminderToNextMail(
  tx: Tx,
  { id, sent }: Pick<Reminder, "id" | "sent">,
  next: { sent: number; nextAt: Date },
): Promise<boolean> {
  return (await tx.reminder.updateMany({ where: { id, sent }, data: next })).count === 1;
}

export async function setReminderRetryTime(db: Db, { id, until }: { id: string; until: Date }): Promise<void> {
  await db.reminder.updateMany({ where: { id }, data: { nextAt: until } });
}

export async function deleteReminder(tx: Tx, id: string): Promise<boolean> {
  return (await tx.reminder.deleteMany({ where: { id } })).count === 1;
}
