import type { Db } from "../database";
import { revokeMailedGiftLinks } from "../ledger/store/recurring-gifts";
import {
  addStoppedAddress,
  deleteStoppedAddress,
  findSupporterIdByAddress,
  hasStoppedAddress,
  setStoppedAddressHandled,
} from "./store";

/**
 * Stops e-mails to an address. If they were not stopped before, also revokes the earlier mailed links to the owner's
 * gifts. With such a link, a gift can be changed without signing in.
 */
export async function stopMailToAddress(db: Db, { emailHash, now }: { emailHash: string; now: Date }): Promise<void> {
  await db.$transaction(async (tx) => {
    const isNew = await addStoppedAddress(tx, { emailHash, stoppedAt: now, handledAt: null });
    const owner = await findSupporterIdByAddress(tx, emailHash);
    if (isNew && owner) await revokeMailedGiftLinks(tx, owner);
  });
}

export function isMailToAddressStopped(db: Db, emailHash: string): Promise<boolean> {
  return hasStoppedAddress(db, emailHash);
}

/**
 * Allows e-mails to the address again. Only staff use this function. If the owner of the address signs in, that allows
 * e-mails again too.
 */
export async function allowMailTo(db: Db, emailHash: string): Promise<void> {
  await deleteStoppedAddress(db, emailHash);
}

/** Records that staff have dealt with the stopped address. The site still sends no e-mails to it. */
export async function markStoppedAddressHandled(db: Db, which: { emailHash: string; now: Date }): Promise<void> {
  await setStoppedAddressHandled(db, which);
}
