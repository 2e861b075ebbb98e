// The name on receipts. It is optional and stored encrypted. Supporters type this name themselves; it never comes from
// Stripe.
import type { Db } from "../database";
import type { IdentityCrypto } from "../identity";
import { findReceiptNameSealed, setSealedReceiptName } from "./store";

/** The maximum number of characters of a name, so that it fits on one line of a receipt. */
export const MAX_RECEIPT_NAME_LENGTH = 100;

export type ParseReceiptNameResult =
  | { kind: "name"; name: string | null }
  | { kind: "refused"; reason: "too-long" | "not-a-name" };

/** Zero-width non-joiners between Arabic letters. They are allowed, because Persian spelling uses them inside names. */
const BETWEEN_ARABIC_LETTERS = /(?<=\p{Script=Arabic})\u200c(?=\p{Script=Arabic})/gu;
/** Invisible characters, line separators and direction marks, which are not allowed. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

/**
 * Checks a typed name. Trims it and replaces each run of spaces with one space. An empty text means no name (null).
 * Refuses texts that are too long, without a letter or with invisible characters.
 */
export function parseReceiptName(text: string): ParseReceiptNameResult {
  const name = text.normalize("NFC").trim().replace(/\s+/gu, " ");
  if (name === "") return { kind: "name", name: null };
  if (INVISIBLE.test(name.replace(BETWEEN_ARABIC_LETTERS, "")) || !/\p{L}/u.test(name))
    return { kind: "refused", reason: "not-a-name" };
  return [...name].length > MAX_RECEIPT_NAME_LENGTH ? { kind: "refused", reason: "too-long" } : { kind: "name", name };
}

export async function findReceiptName(
  db: Db,
  { supporterId, identity }: { supporterId: string; identity: IdentityCrypto },
): Promise<string | null> {
  const sealed = await findReceiptNameSealed(db, supporterId);
  return sealed ? identity.open(sealed) : null;
}

export async function saveReceiptName(
  db: Db,
  { supporterId, name, identity }: { supporterId: string; name: string | null; identity: IdentityCrypto },
): Promise<void> {
  await setSealedReceiptName(db, { supporterId, sealed: name === null ? null : identity.seal(name) });
}
