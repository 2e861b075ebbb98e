// The secret token in a sign-in link. The ledger stores its hash, and the token itself only encrypted, in the outbox
// until its e-mail is sent.
import "server-only";
import { createHash, randomBytes } from "node:crypto";

export function newSignInToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Returns the same hash as next-auth's own lookup (`hashToken` in next-auth/core/lib/utils). */
export function hashSignInToken(token: string, secret: string): string {
  return createHash("sha256").update(`${token}${secret}`).digest("hex");
}
