// For tests: signs a person in without a mail, and a colleague also with the second factor.
import { encode } from "next-auth/jwt";
import { openSession } from "../auth/options";
import { hashSessionId } from "../auth/session";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { env } from "../env";
import { ownIdentity } from "../identity";

/** Returns the session's cookie. `codeAge`: how many minutes ago the second factor was shown, or null if never. */
export async function signInForTests(
  db: Db,
  email: string,
  { codeAge = null }: { codeAge?: number | null } = {},
): Promise<string> {
  const token = await openSession(db, ownIdentity().hashOf(email) ?? "");
  if (typeof token.id !== "string") throw new Error("the session has no id");
  const secondFactorAt = codeAge === null ? null : new Date(currentTime().getTime() - codeAge * 60_000);
  await db.session.update({ where: { idHash: hashSessionId(token.id) }, data: { secondFactorAt } });
  return encode({ token, secret: env().NEXTAUTH_SECRET });
}
