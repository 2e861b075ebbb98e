// Finds and merges supporters. A supporter is found by any of their current e-mail addresses
// (docs/decisions/011-who-is-who.md).
import type { Payment } from "../../generated/sqlite/client";
import type { Tx } from "../database";
import type { LedgerContext } from "./context";
import { findAddressErasureTime } from "./store/erasures";
import {
  addSupporter,
  endCurrentEmailAddresses,
  findAddress,
  findMailAddress,
  hasGiftsOutsideCustomer,
  hasPaymentOrRecurringGift,
  type MailRecipient,
  makeAddressCurrent,
  mergeSupporterWhoHasNoGifts,
} from "./store/supporters";

/** `erasedAt`: when the supporter was erased; null if they were not. `supporterId` is null after an erasure. */
export type PaymentSupporter = { supporterId: string | null; erasedAt: Date | null };

/**
 * Returns the supporter with this e-mail address, and adds them if they are new. `supporterId` is null if the address
 * is missing or invalid. It is also null if the address was erased at or after `at`, the time of the gift.
 */
export async function recordSupporter(
  { tx, now, identity }: LedgerContext,
  { email, locale, at }: { email: string | null; locale: string; at: Date },
): Promise<PaymentSupporter> {
  const sealed = email ? identity.sealAddress(email) : null;
  if (!email || !sealed) return { supporterId: null, erasedAt: null };
  const erasedAt = await findAddressErasureTime(tx, identity.erasureHashOf(email));
  if (erasedAt && at <= erasedAt) return { supporterId: null, erasedAt };
  const address = await findAddress(tx, sealed.emailHash);
  if (address && address.until === null) return { supporterId: address.supporterId, erasedAt: null };
  const supporterId = await addSupporter(tx, { locale, now });
  await makeAddressCurrent(tx, { supporterId, sealed, now });
  return { supporterId, erasedAt: null };
}

export async function hasCurrentAddress(
  { tx, identity }: LedgerContext,
  { supporterId, email }: { supporterId: string; email: string },
): Promise<boolean> {
  const emailHash = identity.hashOf(email);
  const address = emailHash ? await findAddress(tx, emailHash) : null;
  return address?.supporterId === supporterId && address.until === null;
}

/**
 * Returns the supporter to whom a gift belongs after its Stripe customer has got the new e-mail address `email`. If a
 * supporter already has this address, returns that supporter. If the gift's supporter has only gifts of this customer,
 * replaces their addresses with the new one. If they also have other gifts, or the customer is unknown, adds a new
 * supporter with the new address. Returns null if `email` is not a valid e-mail address.
 */
export async function ensureSupporterAfterEmailChange(
  context: LedgerContext,
  gift: { supporterId: string; customerId: string | null; email: string; locale: string },
): Promise<string | null> {
  const { tx, now, identity } = context;
  const { supporterId, customerId, email } = gift;
  const sealed = identity.sealAddress(email);
  if (!sealed) return null;
  const address = await findAddress(tx, sealed.emailHash);
  if (address && address.until === null) return address.supporterId;
  if (!customerId || (await hasGiftsOutsideCustomer(tx, supporterId, customerId)))
    return (await recordSupporter(context, { ...gift, at: now })).supporterId;
  await endCurrentEmailAddresses(tx, supporterId, now);
  await makeAddressCurrent(tx, { supporterId, sealed, now });
  return supporterId;
}

/**
 * Merges the supporter `from` into `to`. Does nothing if `from` has gifts. `to` gets the e-mail addresses of `from`,
 * but nobody can use them to sign in any more.
 */
export async function mergeSupporterIfWithoutGifts(
  { tx, now }: LedgerContext,
  { from, to }: { from: string; to: string },
): Promise<void> {
  if (await hasPaymentOrRecurringGift(tx, from)) return;
  await endCurrentEmailAddresses(tx, from, now);
  await mergeSupporterWhoHasNoGifts(tx, { from, to, now });
}

/**
 * Returns the e-mail address of the payment's supporter. Throws an error if the supporter is unknown or has no current
 * address.
 */
export async function getSupporterMailAddress(tx: Tx, { id, supporterId }: Payment): Promise<MailRecipient> {
  const address = supporterId ? await findMailAddress(tx, supporterId) : null;
  if (!address) throw new Error(`supporter ${supporterId} of payment ${id} has no current e-mail address`);
  return address;
}
