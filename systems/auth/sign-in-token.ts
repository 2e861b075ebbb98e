// The secret of a mailed link: 256 bits, of which only the hash is stored.
import "server-only";
import { createHash, randomBytes } from "node:crypto";

export function newSignInToken(): string {
  return randomBytes(32).toString("base64url");
}

/** As next-auth computes it when it looks a token up (next-auth/core/lib/utils hashToken). */
export function hashSignInToken(token: string, secret: string): string {
  return createHash("sha256").update(`${token}${secret}`).digest("hex");
}
