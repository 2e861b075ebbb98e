// Reminders to give later. The owner of the mailbox must confirm each one, so that nobody can request reminders for
// somebody else.

import { addMonths, dayOn, utcMiddayOf } from "../calendar";
import type { Db, Tx } from "../database";
import { type FailureReporter, forEachIsolated } from "../for-each-isolated";
import type { Frequency } from "../frequencies";
import { queueMail } from "../ledger/outbox";
import { keptMinor } from "../ledger/payment-standing";
import { withdrawUnsentMail } from "../ledger/store/outbox";
import type { MailRecipient } from "../ledger/store/supporters";
import { type Money, moneyOf } from "../money";
import { retentionCutoff } from "../retention";
import { findSupporterByAddress, hasActiveRecurringGift, selectPaymentsSince } from "./store";
import {
  deleteReminder,
  findReminderRow,
  insertReminder,
  listDueReminders,
  listOtherReminderIds,
  markReminderConfirmed,
  moveReminderToNextMail,
  type ReminderRow,
  setReminderRetryTime,
} from "./store/reminders";

/** How often a reminder is sent. `once`: one e-mail, a month after the confirmation. */
export type ReminderFrequency = Frequency;

export type ReminderRequest = { rhythm: ReminderFrequency; money: Money | null };

export type ReminderWithStatus = ReminderRequest & { isConfirmed: boolean; nextAt: Date | null };

/**
 * If a reminder could not be queued, the site tries again after this time. The days on which the following reminders
 * are due stay the same.
 */
const AFTER_FAILURE_MS = 60 * 60 * 1000;

const MONTHS: Record<ReminderFrequency, number> = { once: 1, monthly: 1, yearly: 12 };

type Clock = { now: Date; timeZone: string };

/**
 * Stores a reminder and queues the e-mail that asks to confirm it. `leavesAt`: the earliest time to send this e-mail.
 */
export async function requestReminder(
  db: Db,
  {
    id,
    addressee,
    reminder,
    now,
    leavesAt,
  }: { id: string; addressee: MailRecipient; reminder: ReminderRequest; now: Date; leavesAt: Date },
): Promise<void> {
  const { rhythm, money } = reminder;
  await db.$transaction(async (tx) => {
    await insertReminder(tx, {
      ...addressee,
      ...{ id, rhythm, createdAt: now },
      amountMinor: money ? BigInt(money.amountMinor) : null,
      currency: money?.currency ?? null,
    });
    await queueMail(tx, {
      kind: "reminder-confirm",
      factKey: `reminder-confirm:${id}`,
      to: addressee,
      values: { reminderId: id, rhythm, money },
      now: leavesAt,
    });
  });
}

/** Finds a reminder. Returns null if it has ended, or was not confirmed in time. */
export async function findReminder(db: Db, { id, now }: { id: string; now: Date }): Promise<ReminderWithStatus | null> {
  const row = await findReminderRow(db, id);
  if (!row || isExpired(row, now)) return null;
  return { ...reminderRequestOf(row), isConfirmed: row.confirmedAt !== null, nextAt: row.nextAt };
}

/**
 * Confirms a reminder, and ends all others to the same e-mail address. A second call changes nothing. Does nothing if
 * the reminder has ended or expired.
 */
export async function confirmReminder(db: Db, { id, now, timeZone }: Clock & { id: string }): Promise<void> {
  await db.$transaction(async (tx) => {
    const row = await findReminderRow(tx, id);
    if (!row || isExpired(row, now)) return;
    const nextAt = dueAt(row, { confirmedAt: now, number: 1, timeZone });
    if (!(await markReminderConfirmed(tx, { id, confirmedAt: now, nextAt }))) return;
    for (const other of await listOtherReminderIds(tx, row)) await end(tx, other);
  });
}

/** Deletes a reminder with its e-mail address, and withdraws its unsent e-mails. A second call changes nothing. */
export async function deleteReminderAndUnsentMails(db: Db, id: string): Promise<void> {
  await db.$transaction((tx) => end(tx, id));
}

async function end(tx: Tx, id: string): Promise<void> {
  await deleteReminder(tx, id);
  await withdrawUnsentMail(tx, `reminder:${id}:`);
  await withdrawUnsentMail(tx, `reminder-confirm:${id}`);
}

type Round = Clock & { limit: number; onFailure: FailureReporter };

/**
 * Queues the e-mails of at most `limit` reminders that are due. Returns the number of these reminders, including those
 * whose e-mail could not be queued. Such a reminder is tried again later.
 */
export async function queueDueReminders(db: Db, { limit, onFailure, ...clock }: Round): Promise<number> {
  const due = await listDueReminders(db, { now: clock.now, limit });
  await forEachIsolated(due, (row) => db.$transaction((tx) => remind(tx, row, clock)), {
    onFailure: async ({ id }, error) => {
      onFailure(id, error);
      await setReminderRetryTime(db, { id, until: new Date(clock.now.getTime() + AFTER_FAILURE_MS) });
    },
  });
  return due.length;
}

async function remind(tx: Tx, row: ReminderRow, { now, timeZone }: Clock): Promise<void> {
  const { id, confirmedAt } = row;
  if (!confirmedAt) return;
  // After a long outage, several e-mails of one reminder can be due. Only the last of them is sent.
  let number = row.sent + 1;
  while (dueAt(row, { confirmedAt, number: number + 1, timeZone }) <= now) number += 1;
  const nextAt = dueAt(row, { confirmedAt, number: number + 1, timeZone });
  if (!(await moveReminderToNextMail(tx, row, { sent: number, nextAt }))) return;
  const need = await findNeed(tx, row, confirmedAt);
  const request = reminderRequestOf(row);
  if (need === "remind") {
    const factKey = `reminder:${id}:${number}`;
    await queueMail(tx, { kind: "reminder", factKey, to: row, values: { reminderId: id, ...request }, now });
  }
  if (need === "used-up" || request.rhythm === "once") await deleteReminder(tx, id);
}

/**
 * Returns `used-up` if the person needs no reminder: they have an active recurring gift or, for a single reminder, have
 * given since they confirmed it.
 */
async function findNeed(tx: Tx, { emailHash, rhythm }: ReminderRow, since: Date): Promise<"remind" | "used-up"> {
  const address = await findSupporterByAddress(tx, emailHash);
  if (!address || address.until !== null) return "remind";
  const supporterId = address.supporter.id;
  if (await hasActiveRecurringGift(tx, { supporterId })) return "used-up";
  if (rhythm !== "once") return "remind";
  const payments = await selectPaymentsSince(tx, { supporterId, since });
  return payments.some((payment) => payment.status !== "failed" && keptMinor(payment) > 0n) ? "used-up" : "remind";
}

/**
 * Returns when the first, second or later e-mail of a reminder is due (`number`: 1, 2 …). It is due on the day of the
 * month on which the reminder was confirmed. In a shorter month, it is due on the last day.
 */
function dueAt(
  { rhythm }: Pick<ReminderRow, "rhythm">,
  { confirmedAt, number, timeZone }: { confirmedAt: Date; number: number; timeZone: string },
): Date {
  return utcMiddayOf(addMonths(dayOn(confirmedAt, timeZone), MONTHS[rhythm as ReminderFrequency] * number));
}

function isExpired({ confirmedAt, createdAt }: ReminderRow, now: Date): boolean {
  return confirmedAt === null && createdAt <= retentionCutoff("unconfirmedReminder", now);
}

function reminderRequestOf({ rhythm, amountMinor, currency }: ReminderRow): ReminderRequest {
  const money = amountMinor === null || currency === null ? null : moneyOf(amountMinor, currency);
  return { rhythm: rhythm as ReminderFrequency, money };
}
