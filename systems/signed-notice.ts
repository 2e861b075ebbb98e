// Signs notices in URLs, for pages where nobody is signed in. Without a valid signature, a link cannot claim that
// Stripe did not respond or that an erasure is done.
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "./env";

const LASTS_MS = 10 * 60 * 1000;

/**
 * Returns a signature for the notice that `word` names. The signature is valid for ten minutes, and for no other
 * notice.
 */
export function signNoticeForUrl(word: string, now: Date): string {
  const at = now.getTime().toString(36);
  return `${at}.${macOf(word, at)}`;
}

export function isNoticeSignatureValid(word: string, { signature, now }: { signature: unknown; now: Date }): boolean {
  const text = typeof signature === "string" ? signature : "";
  const [, at = "", mac = ""] = /^([0-9a-z]{1,10})\.([\w-]{43})$/.exec(text) ?? [];
  if (!at || !timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(word, at)))) return false;
  const ageMs = now.getTime() - Number.parseInt(at, 36);
  return ageMs >= 0 && ageMs < LASTS_MS;
}

function macOf(word: string, at: string): string {
  const key = Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "appeal", "notice", 32));
  return createHmac("sha256", key)
    .update(JSON.stringify([word, at]))
    .digest("base64url");
}
