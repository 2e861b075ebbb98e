import { encode } from "next-auth/jwt";
import { openSession } from "../auth/options";
import { hashSessionId } from "../auth/session";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { env } from "../env";
import { identityCrypto } from "../identity";

/**
 * Signs a person in and returns the session's cookie. `codeAgeMinutes`: how many minutes ago the person entered the
 * second factor; null if they did not.
 */
export async function signInForTests(
  db: Db,
  email: string,
  { codeAgeMinutes = null }: { codeAgeMinutes?: number | null } = {},
): Promise<string> {
  const token = await openSession(db, identityCrypto().hashOf(email) ?? "");
  if (typeof token.id !== "string") throw new Error("the session has no id");
  const secondFactorAt = codeAgeMinutes === null ? null : new Date(currentTime().getTime() - codeAgeMinutes * 60_000);
  await db.session.update({ where: { idHash: hashSessionId(token.id) }, data: { secondFactorAt } });
  return encode({ token, secret: env().NEXTAUTH_SECRET });
}
