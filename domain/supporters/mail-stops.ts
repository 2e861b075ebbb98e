// Stops mail to an e-mail address whose owner reported "this was not me". The gift and its money do not change, and the stop waits in the
// queue for staff.
import type { Db } from "../database";
import { revokeGiftLinks } from "../ledger/store/recurring-gifts";
import { addMailStop, deleteMailStop, findOwnerOf, handleMailStops, hasMailStop } from "./store";

/** Stops mail to the address, and revokes the links that were mailed about its owner's gifts. Safe to repeat. */
export async function stopMailTo(db: Db, { emailHash, now }: { emailHash: string; now: Date }): Promise<void> {
  await db.$transaction(async (tx) => {
    const isNew = await addMailStop(tx, { emailHash, stoppedAt: now, handledAt: null });
    const owner = await findOwnerOf(tx, emailHash);
    if (isNew && owner) await revokeGiftLinks(tx, owner);
  });
}

export function isMailStopped(db: Db, emailHash: string): Promise<boolean> {
  return hasMailStop(db, emailHash);
}

/** Allows mail to the address again. For staff only; a mailbox's owner lifts the stop by signing in (sign-in.ts). */
export async function allowMailTo(db: Db, emailHash: string): Promise<void> {
  await deleteMailStop(db, emailHash);
}

/** Records that staff have handled the stop. Mail stays stopped. */
export async function markMailStopHandled(db: Db, which: { emailHash: string; now: Date }): Promise<void> {
  await handleMailStops(db, which);
}
