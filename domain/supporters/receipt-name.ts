// The name on a supporter's receipts. It is optional, they type it, and it is sealed like their address. Nothing takes it from Stripe.
import type { Db } from "../database";
import type { Identity } from "../identity";
import { findReceiptNameSealed, setReceiptNameSealed } from "./store";

/** A longer name would not fit on one line of a receipt. */
export const LONGEST_NAME = 100;

/** `null`: no name. */
export type ParsedName = { kind: "name"; name: string | null } | { kind: "refused"; reason: "too-long" | "not-a-name" };

/** Persian spelling parts the syllables of a name with this character. */
const BETWEEN_ARABIC_LETTERS = /(?<=\p{Script=Arabic})\u200c(?=\p{Script=Arabic})/gu;
/** Characters that draw nothing or turn the direction of the text around them. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

/** Trims the text and makes each run of spaces one space. */
export function parseReceiptName(text: string): ParsedName {
  const name = text.normalize("NFC").trim().replace(/\s+/gu, " ");
  if (name === "") return { kind: "name", name: null };
  if (INVISIBLE.test(name.replace(BETWEEN_ARABIC_LETTERS, "")) || !/\p{L}/u.test(name))
    return { kind: "refused", reason: "not-a-name" };
  return [...name].length > LONGEST_NAME ? { kind: "refused", reason: "too-long" } : { kind: "name", name };
}

export async function findReceiptName(
  db: Db,
  { supporterId, identity }: { supporterId: string; identity: Identity },
): Promise<string | null> {
  const sealed = await findReceiptNameSealed(db, supporterId);
  return sealed ? identity.open(sealed) : null;
}

export async function saveReceiptName(
  db: Db,
  { supporterId, name, identity }: { supporterId: string; name: string | null; identity: Identity },
): Promise<void> {
  await setReceiptNameSealed(db, { supporterId, sealed: name === null ? null : identity.seal(name) });
}
