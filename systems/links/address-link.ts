// The link “this was not me” in an e-mail. It contains the keyed hash of the recipient's address in encrypted form.
// Each link has a new nonce, so a log does not show that two links belong to the same person.
import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { siteUrl } from "../env";
import { mailedLinkKey } from "./link-key";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function wrongAddressPageUrl(emailHash: string): string {
  return `${siteUrl()}${wrongAddressPagePath(sealEmailHash(emailHash))}`;
}

export function wrongAddressPagePath(token: string): string {
  return `/wrong-address/${token}`;
}

/**
 * Returns the hash as encrypted text, for the link and for hidden form fields. It never expires, because somebody who
 * gets e-mail by mistake must always be able to stop it.
 */
export function sealEmailHash(emailHash: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", mailedLinkKey("address"), nonce);
  const sealed = Buffer.concat([cipher.update(emailHash, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Returns the e-mail hash; null if the text is forged or was changed. */
export function unsealEmailHash(sealed: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length <= NONCE_BYTES + TAG_BYTES || bytes.length > 200) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", mailedLinkKey("address"), bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
