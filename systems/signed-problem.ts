// A word in an address that this site alone can have put there: what went wrong a moment ago. For pages that anyone may open, which
// have no session to bind a note to (note.ts); a made-up link must not say that Stripe did not answer.
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "./env";

const LASTS_MS = 10 * 60 * 1000;

/** For the query: goes with `word` and is good for ten minutes. */
export function signProblem(word: string, now: Date): string {
  const at = now.getTime().toString(36);
  return `${at}.${sealOf(word, at)}`;
}

export function isSignedProblem(word: string, { told, now }: { told: unknown; now: Date }): boolean {
  const [, at = "", given = ""] = /^([0-9a-z]{1,10})\.([\w-]{43})$/.exec(typeof told === "string" ? told : "") ?? [];
  if (!at || !timingSafeEqual(Buffer.from(given), Buffer.from(sealOf(word, at)))) return false;
  const ageMs = now.getTime() - Number.parseInt(at, 36);
  return ageMs >= 0 && ageMs < LASTS_MS;
}

function sealOf(word: string, at: string): string {
  const key = Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "appeal", "told", 32));
  return createHmac("sha256", key)
    .update(JSON.stringify([word, at]))
    .digest("base64url");
}
