// Who gave, as far as Stripe told us. A supporter is found by any current address. What a recurring gift's customer gave follows the
// address that Stripe has for that customer, and nothing else does (docs/decisions/011-who-is-who.md).
import type { Payment } from "../../generated/sqlite/client";
import type { Tx } from "../database";
import type { LedgerContext } from "./context";
import { findErasure } from "./store/erasures";
import {
  addSupporter,
  endAddresses,
  findAddress,
  findMailAddress,
  hasGifts,
  hasGiftsBeside,
  type MailAddress,
  makeAddressCurrent,
  replaceSupporter,
} from "./store/supporters";

/** `erasedAt` is set where the supporter has erased themselves since. Then nobody is named. */
export type WhoGave = { supporterId: string | null; erasedAt: Date | null };

/**
 * The id of the supporter with this e-mail address, who is added if new. Null where Stripe gave no valid address: the money is
 * recorded all the same. `at`: when the payment or the recurring gift began. An erasure covers what began before it.
 */
export async function recordSupporter(
  { tx, now, identity }: LedgerContext,
  { email, locale, at }: { email: string | null; locale: string; at: Date },
): Promise<WhoGave> {
  const sealed = email ? identity.sealAddress(email) : null;
  if (!email || !sealed) return { supporterId: null, erasedAt: null };
  const erasedAt = await findErasure(tx, identity.erasureHashOf(email));
  if (erasedAt && at <= erasedAt) return { supporterId: null, erasedAt };
  const address = await findAddress(tx, sealed.emailHash);
  if (address && address.until === null) return { supporterId: address.supporterId, erasedAt: null };
  const supporterId = await addSupporter(tx, { locale, now });
  await makeAddressCurrent(tx, { supporterId, sealed, now });
  return { supporterId, erasedAt: null };
}

/** True where this is a current address of the supporter. */
export async function hasAddress(
  { tx, identity }: LedgerContext,
  { supporterId, email }: { supporterId: string; email: string },
): Promise<boolean> {
  const emailHash = identity.hashOf(email);
  const address = emailHash ? await findAddress(tx, emailHash) : null;
  return address?.supporterId === supporterId && address.until === null;
}

/**
 * The supporter of a gift whose customer now has this address. A supporter who has only this customer's gifts stays the same
 * person: the new address replaces the old one. Null where the text is no e-mail address.
 */
export async function followAddress(
  context: LedgerContext,
  gift: { supporterId: string; customerId: string | null; email: string; locale: string },
): Promise<string | null> {
  const { tx, now, identity } = context;
  const { supporterId, customerId, email } = gift;
  const sealed = identity.sealAddress(email);
  if (!sealed) return null;
  const address = await findAddress(tx, sealed.emailHash);
  if (address && address.until === null) return address.supporterId;
  if (!customerId || (await hasGiftsBeside(tx, supporterId, customerId)))
    return (await recordSupporter(context, { ...gift, at: now })).supporterId;
  await endAddresses(tx, supporterId, now);
  await makeAddressCurrent(tx, { supporterId, sealed, now });
  return supporterId;
}

/** A supporter whose last gift has moved to another one becomes that one. Their addresses move too, but no longer open anything. */
export async function mergeIfEmpty(
  { tx, now }: LedgerContext,
  { from, to }: { from: string; to: string },
): Promise<void> {
  if (await hasGifts(tx, from)) return;
  await endAddresses(tx, from, now);
  await replaceSupporter(tx, { from, to });
}

/** The address for mail about this payment. Its supporter must be known; throws where they have no address. */
export async function getMailAddress(tx: Tx, { id, supporterId }: Payment): Promise<MailAddress> {
  const address = supporterId ? await findMailAddress(tx, supporterId) : null;
  if (!address) throw new Error(`payment ${id} has a supporter without an address: ${supporterId}`);
  return address;
}
