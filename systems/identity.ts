// The ledger stores an e-mail address in two forms: a keyed hash to find it by, and encrypted.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { parseEmailAddress } from "../domain/email-address";
import type { IdentityCrypto, SealedAddress } from "../domain/identity";
import { env } from "./env";

export type { IdentityCrypto, SealedAddress };

/**
 * Returns the functions that hash and encrypt with `key`, 32 bytes in base64. Derives three keys from `key`: for the
 * hashes of addresses, for the hashes of erased addresses, and for the encryption.
 */
export function createIdentityCrypto(key: string): IdentityCrypto {
  const master = Buffer.from(key, "base64");
  const derive = (purpose: string) => Buffer.from(hkdfSync("sha256", master, "appeal", purpose, 32));
  const hashKey = derive("e-mail hash");
  const sealKey = derive("seal");
  const erasureKey = derive("erasure");
  const hash = (address: string, key = hashKey) => createHmac("sha256", key).update(address).digest("base64url");
  const seal = (text: string) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", sealKey, nonce);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
  };
  return {
    sealAddress(email) {
      const parsed = parseEmailAddress(email);
      if (parsed.kind === "refused") return null;
      return { emailHash: hash(parsed.address), emailSealed: seal(parsed.address) };
    },
    hashOf(email) {
      const parsed = parseEmailAddress(email);
      return parsed.kind === "refused" ? null : hash(parsed.address);
    },
    erasureHashOf(email) {
      const parsed = parseEmailAddress(email);
      return parsed.kind === "refused" ? null : hash(parsed.address, erasureKey);
    },
    seal,
    open(text) {
      const bytes = Buffer.from(text, "base64url");
      const decipher = createDecipheriv("aes-256-gcm", sealKey, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
    },
  };
}

let own: IdentityCrypto | undefined;

/**
 * Returns the functions that hash and encrypt with IDENTITY_KEY. Creates them only once, because deriving the keys for
 * each webhook would cost more than checking the webhook's signature.
 */
export function identityCrypto(): IdentityCrypto {
  own ??= createIdentityCrypto(env().IDENTITY_KEY);
  return own;
}

const hashKeys = new Map<string, Buffer>();

/**
 * Returns a keyed hash of `text`. The key is derived from IDENTITY_KEY and `purpose`, so nobody can compute the hash
 * without IDENTITY_KEY.
 */
export function keyedHash(purpose: string, text: string): Buffer {
  const cached = hashKeys.get(purpose);
  const key =
    cached ?? Buffer.from(hkdfSync("sha256", Buffer.from(env().IDENTITY_KEY, "base64"), "appeal", purpose, 32));
  if (!cached) hashKeys.set(purpose, key);
  return createHmac("sha256", key).update(text).digest();
}
