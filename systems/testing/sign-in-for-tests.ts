// For tests: signs somebody in without a mail, and colleagues with their second factor.
import { encode } from "next-auth/jwt";
import { openSession } from "../auth/options";
import { hashSessionId } from "../auth/session";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { env } from "../env";
import { ownIdentity } from "../identity";

/** `codeAge`: how many minutes ago the second factor was shown; null if never. Returns the session's cookie. */
export async function signInForTests(
  db: Db,
  email: string,
  { codeAge = null }: { codeAge?: number | null } = {},
): Promise<string> {
  const token = await openSession(db, ownIdentity().hashOf(email) ?? "");
  if (typeof token.id !== "string") throw new Error("a session has an id");
  const secondFactorAt = codeAge === null ? null : new Date(currentTime().getTime() - codeAge * 60_000);
  await db.session.update({ where: { idHash: hashSessionId(token.id) }, data: { secondFactorAt } });
  return encode({ token, secret: env().NEXTAUTH_SECRET });
}
