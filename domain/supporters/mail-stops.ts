// Addresses to which no mail goes, because a person there said "this was not me". The gift and its money stay as they are, and staff
// are asked to look.
import type { Db } from "../database";
import { revokeGiftLinks } from "../ledger/store/recurring-gifts";
import { addMailStop, deleteMailStop, findOwnerOf, handleMailStops, hasMailStop } from "./store";

/** Stops mail, and revokes the gift links mailed to this address so far. Safe to repeat. */
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

/** Lets mail go there again: for staff, and for the owner of the mailbox, who proves it by signing in. */
export async function allowMailTo(db: Db, emailHash: string): Promise<void> {
  await deleteMailStop(db, emailHash);
}

/** Notes that staff have looked. Mail stays stopped. */
export async function markMailStopHandled(db: Db, which: { emailHash: string; now: Date }): Promise<void> {
  await handleMailStops(db, which);
}
