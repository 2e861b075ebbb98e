import type { Db } from "../database";
import { revokeGiftLinks } from "../ledger/store/recurring-gifts";
import { addMailStop, deleteMailStop, findSupporterIdByAddress, hasMailStop, markMailStopsHandled } from "./store";

/** If the stop is new, also revokes the links in earlier e-mails that change the owner's gifts without signing in. */
export async function stopMailTo(db: Db, { emailHash, now }: { emailHash: string; now: Date }): Promise<void> {
  await db.$transaction(async (tx) => {
    const isNew = await addMailStop(tx, { emailHash, stoppedAt: now, handledAt: null });
    const owner = await findSupporterIdByAddress(tx, emailHash);
    if (isNew && owner) await revokeGiftLinks(tx, owner);
  });
}

export function isMailStopped(db: Db, emailHash: string): Promise<boolean> {
  return hasMailStop(db, emailHash);
}

/** Allows e-mails to the address again. For staff only: the address's owner ends the stop by signing in. */
export async function allowMailTo(db: Db, emailHash: string): Promise<void> {
  await deleteMailStop(db, emailHash);
}

/** Records that staff have dealt with the stop. No e-mails are sent to the address all the same. */
export async function markMailStopHandled(db: Db, which: { emailHash: string; now: Date }): Promise<void> {
  await markMailStopsHandled(db, which);
}
