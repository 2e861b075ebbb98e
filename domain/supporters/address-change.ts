// Changes the e-mail address of a supporter. Both mailboxes must confirm the change. If the old mailbox is lost, the
// new one is enough after seven days.
import type { AddressChange } from "../../generated/sqlite/client";
import type { Db } from "../database";
import type { IdentityCrypto, SealedAddress } from "../identity";
import { queueMail } from "../ledger/outbox";
import { findMailAddressByHash } from "../ledger/store/supporters";
import {
  deleteAddressChange,
  endSignInSessionsOf,
  findAddressChange,
  recordAddressConfirmation,
  replaceAddressChange,
} from "./store";

const DAY_MS = 24 * 60 * 60 * 1000;
export const DAYS_TO_STOP_ADDRESS_CHANGE = 7;
/**
 * The number of days in which the owners of the mailboxes must confirm the change. If the old mailbox is lost, these
 * days begin only when DAYS_TO_STOP_ADDRESS_CHANGE are over.
 */
const DAYS_TO_CONFIRM = 3;

export type AddressChangeSide = "old" | "new";
type Token = { token: string; tokenHash: string };

type Request = {
  supporterId: string;
  /** The hash of the e-mail address that is to be replaced. */
  oldEmailHash: string;
  to: SealedAddress;
  isOldLost: boolean;
  tokens: Record<AddressChangeSide, Token>;
  identity: IdentityCrypto;
  locale: string;
  /** Set only if staff requested the change for the supporter. */
  by?: "staff" | undefined;
  now: Date;
};

/**
 * Stores a request for a change of address. Queues an e-mail with a link for the owner of the new address. Queues
 * another one for the old address, if that is still current. An earlier request of the supporter is replaced, and its
 * links stop working.
 */
export async function requestAddressChange(db: Db, request: Request): Promise<void> {
  const { supporterId, oldEmailHash, to, isOldLost, tokens, identity, locale, by, now } = request;
  const takesEffectAt = isOldLost ? inDays(now, DAYS_TO_STOP_ADDRESS_CHANGE) : null;
  const change: AddressChange = {
    supporterId,
    oldEmailHash,
    newEmailHash: to.emailHash,
    newEmailSealed: to.emailSealed,
    oldTokenHash: tokens.old.tokenHash,
    newTokenHash: tokens.new.tokenHash,
    oldConfirmedAt: null,
    newConfirmedAt: null,
    takesEffectAt,
    expiresAt: inDays(takesEffectAt ?? now, DAYS_TO_CONFIRM),
  };
  const old = await findMailAddressByHash(db, oldEmailHash);
  await db.$transaction(async (tx) => {
    await replaceAddressChange(tx, change);
    for (const [side, mailbox] of [["old", old] as const, ["new", { ...to, locale }] as const]) {
      if (!mailbox) continue;
      const { token, tokenHash } = tokens[side];
      const values = {
        tokenSealed: identity.seal(token),
        newSealed: to.emailSealed,
        takesEffectAt: isoOf(takesEffectAt),
        ...(by ? { by } : {}),
      };
      await queueMail(tx, { kind: `address-${side}`, factKey: `address:${tokenHash}`, to: mailbox, now, values });
    }
  });
}

export type OpenAddressChange = { side: AddressChangeSide; change: AddressChange };

/**
 * Finds the change to which a link belongs. Returns null if the change is done, was stopped or replaced, or has
 * expired.
 */
export async function findOpenAddressChange(
  db: Db,
  { tokenHash, now }: { tokenHash: string; now: Date },
): Promise<OpenAddressChange | null> {
  const change = await findAddressChange(db, tokenHash);
  if (!change || change.expiresAt <= now) return null;
  return { side: change.oldTokenHash === tokenHash ? "old" : "new", change };
}

export async function confirmOldOrNewEmailAddress(
  db: Db,
  { side, change, now }: OpenAddressChange & { now: Date },
): Promise<AddressChange> {
  await recordAddressConfirmation(db, { supporterId: change.supporterId, side, now });
  return { ...change, [side === "old" ? "oldConfirmedAt" : "newConfirmedAt"]: now };
}

/**
 * Deletes a change. Also ends all sessions of the old e-mail address, because a stranger could have requested the
 * change in such a session.
 */
export async function cancelAddressChangeAndEndSessions(
  db: Db,
  { supporterId, oldEmailHash }: AddressChange,
): Promise<void> {
  await deleteAddressChange(db, supporterId);
  await endSignInSessionsOf(db, oldEmailHash);
}

/**
 * Returns true if both mailboxes have confirmed. If the old mailbox is lost, returns true if the new one has confirmed
 * and DAYS_TO_STOP_ADDRESS_CHANGE are over.
 */
export function isAddressChangeReady(
  { oldConfirmedAt, newConfirmedAt, takesEffectAt }: AddressChange,
  now: Date,
): boolean {
  return newConfirmedAt !== null && (oldConfirmedAt !== null || (takesEffectAt !== null && takesEffectAt <= now));
}

function inDays(from: Date, count: number): Date {
  return new Date(from.getTime() + count * DAY_MS);
}

function isoOf(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
