import "server-only";
import {
  isSecondFactorRecentEnough,
  type SecondFactorKind,
  type SessionWithFactorTime,
} from "../../domain/newsroom/staff/factor";
import type { Db, Tx } from "../database";
import type { SignedInColleague } from "./signed-in-user";
import { recordActInAuditLog } from "./staff";

/**
 * The result of checking a typed code or a passkey. `shown`: the code or passkey is accepted. `used`: the authenticator
 * app's code is right, but was accepted before. `none`: the colleague has no authenticator app.
 */
export type FactorCheckResult = "shown" | "wrong" | "used" | "too-often" | "none";

export type ColleagueSession = Pick<SignedInColleague, "colleague" | "session">;

export async function recordRefusedSecondFactorInAuditLog(
  db: Db,
  { colleague }: Pick<ColleagueSession, "colleague">,
  by: SecondFactorKind,
): Promise<"wrong"> {
  const act = { colleague, kind: "code-refused", about: `staff:${colleague.id}`, after: { with: by } } as const;
  await db.$transaction((tx) => recordActInAuditLog(tx, act));
  return "wrong";
}

export function recordAcceptedSecondFactorInAuditLog(
  tx: Tx,
  { colleague, session }: ColleagueSession,
  by: SecondFactorKind,
): Promise<void> {
  const kind = session.secondFactorAt === null ? "signed-in" : "code-repeated";
  return recordActInAuditLog(tx, { colleague, kind, about: `staff:${colleague.id}`, after: { with: by } });
}

/**
 * Returns true if a second factor was accepted in this session in the last ten minutes. In this case, a repeated code
 * or passkey is not refused, because it probably comes from a double click.
 */
export function hasFreshSecondFactor({ secondFactorAt }: SessionWithFactorTime, now: Date): boolean {
  return isSecondFactorRecentEnough(secondFactorAt, { now, fresh: true });
}
