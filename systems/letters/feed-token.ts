// The token of a supporter's own feed. Feed readers cannot sign in, so the feed's URL itself grants access.
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { siteUrl } from "../env";

export function newFeedToken(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * Returns the hash under which the ledger stores the token. It needs no key: the token has 256 random bits and cannot
 * be guessed.
 */
export function hashFeedToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

export function feedUrl(token: string): string {
  return `${siteUrl()}/supporters/letters/feed/${token}`;
}
