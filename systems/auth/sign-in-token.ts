// The secret token in a sign-in link. The ledger stores only its hash. Until the e-mail is sent, the outbox also
// contains the token, but encrypted.
import "server-only";
import { createHash, randomBytes } from "node:crypto";

export function newSignInToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Returns the same hash as next-auth's own lookup (`hashToken` in next-auth/core/lib/utils). */
export function hashSignInToken(token: string, secret: string): string {
  return createHash("sha256").update(`${token}${secret}`).digest("hex");
}
