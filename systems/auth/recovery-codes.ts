// Recovery codes. The ledger stores a keyed hash of each code. It also stores the codes, encrypted, until the colleague
// confirms that they have stored them.
import "server-only";
import { randomInt } from "node:crypto";
import type { HashedAndSealedRecoveryCodes } from "../../domain/newsroom/staff/factor";
import { identityCrypto, keyedHash } from "../identity";

const CODES = 10;
const HALF = 5;
/** Crockford's base32, which leaves out letters that look like digits. Ten characters hold 50 bits. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

export function newRecoveryCodes(staffId: string): HashedAndSealedRecoveryCodes {
  const codes = Array.from({ length: CODES }, () => `${half()}-${half()}`);
  return {
    codeHashes: codes.map((code) => hashRecoveryCode(staffId, code)),
    sealed: identityCrypto().seal(codes.join(" ")),
  };
}

export function unsealRecoveryCodes(sealed: string): string[] {
  return identityCrypto().open(sealed).split(" ");
}

/**
 * Returns the hash of a typed code. Ignores case and separators, and reads o as 0, i and l as 1, because people confuse
 * them.
 */
export function hashRecoveryCode(staffId: string, typed: string): string {
  const code = typed
    .toLowerCase()
    .replace(/[^0-9a-z]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  return keyedHash("recovery code", JSON.stringify([staffId, code])).toString("base64url");
}

function half(): string {
  return Array.from({ length: HALF }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}
