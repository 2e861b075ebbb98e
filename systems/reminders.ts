// Queues the e-mail with which a reader confirms a reminder. The result does not reveal whether the e-mail address
// belongs to a supporter. But `too-often` can reveal that the address was used in other requests.
import "server-only";
import { randomBytes } from "node:crypto";
import { type ReminderRequest, requestReminder } from "../domain/supporters/reminders";
import { consumeReminderRequestLimit, reserveSendTimeForUnconfirmedAddress } from "./auth/link-limits";
import type { Db } from "./database";
import { identityCrypto } from "./identity";
import { runBackgroundJobsSoon } from "./wake-jobs";

/**
 * Queues the e-mail that asks to confirm a reminder; does nothing for a text that is no e-mail address. `too-often`:
 * this client, its network or this e-mail address has reached a limit.
 */
export async function queueReminderConfirmationMail(
  db: Db,
  {
    email,
    reminder,
    locale,
    headers,
    now,
  }: { email: string; reminder: ReminderRequest; locale: string; headers: Headers; now: Date },
): Promise<"asked" | "too-often"> {
  const sealed = identityCrypto().sealAddress(email);
  if (!sealed) return "asked";
  if (!(await consumeReminderRequestLimit(db, { emailHash: sealed.emailHash, headers, now }))) return "too-often";
  await requestReminder(db, {
    id: newIdForSignedLink(),
    addressee: { ...sealed, locale },
    reminder,
    now,
    leavesAt: await reserveSendTimeForUnconfirmedAddress(db, now, "reminder"),
  });
  runBackgroundJobsSoon();
  return "asked";
}

/** Returns a random id in the form that signed-token.ts requires of an id in a link. */
export function newIdForSignedLink(): string {
  return randomBytes(16).toString("hex");
}
