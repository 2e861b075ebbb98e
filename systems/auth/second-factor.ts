import "server-only";
import {
  acceptAuthenticatorCode,
  acceptRecoveryCode,
  addOrReplaceAuthenticatorApp,
  hasSetUpSecondFactor,
  isSecondFactorRecentEnough,
  issueNewRecoveryCodes,
  setUpFirstAuthenticatorApp,
} from "../../domain/newsroom/staff/factor";
import { storeSealedRecoveryCodes } from "../../domain/newsroom/staff/store";
import {
  countUnusedRecoveryCodes,
  findAuthenticatorApp,
  isUsedRecoveryCode,
} from "../../domain/newsroom/staff/store/factors";
import { currentTime } from "../clock";
import type { Db, Tx } from "../database";
import { identityCrypto } from "../identity";
import { runBackgroundJobsSoon } from "../wake-jobs";
import { deriveAuthenticatorSecret, findTotpStep } from "./authenticator";
import { consumeSecondFactorAttempt } from "./code-limits";
import {
  type ColleagueSession,
  type FactorCheckResult,
  hasFreshSecondFactor,
  recordAcceptedSecondFactorInAuditLog,
  recordRefusedSecondFactorInAuditLog,
} from "./factor-acts";
import { queueMailAboutSecondFactor } from "./queue-factor-mail";
import { hashRecoveryCode, newRecoveryCodes } from "./recovery-codes";
import { recordActInAuditLog } from "./staff";

export async function tryAppCodeAsSecondFactor(
  db: Db,
  { colleague, session }: ColleagueSession,
  typed: string,
): Promise<FactorCheckResult> {
  const { id: staffId } = colleague;
  const factor = await findAuthenticatorApp(db, staffId);
  if (!factor) return "none";
  if (!(await consumeSecondFactorAttempt(db, staffId, "app"))) return "too-often";
  const step = findTotpStep(identityCrypto().open(factor.secretSealed), typed);
  if (step === null) return recordRefusedSecondFactorInAuditLog(db, { colleague }, "app");
  const now = currentTime();
  const isTaken = await db.$transaction(async (tx) => {
    const isFirst = await acceptAuthenticatorCode(tx, { staffId, sessionIdHash: session.idHash, now, step });
    if (isFirst) await recordAcceptedSecondFactorInAuditLog(tx, { colleague, session }, "app");
    return isFirst;
  });
  return isTaken || hasFreshSecondFactor(session, now) ? "shown" : "used";
}

export async function tryRecoveryCodeAsSecondFactor(
  db: Db,
  { colleague, session }: ColleagueSession,
  typed: string,
): Promise<FactorCheckResult> {
  const { id: staffId } = colleague;
  if (!(await consumeSecondFactorAttempt(db, staffId, "recovery"))) return "too-often";
  const codeHash = hashRecoveryCode(staffId, typed);
  const now = currentTime();
  const isTaken = await db.$transaction(async (tx) => {
    if (!(await acceptRecoveryCode(tx, { staffId, sessionIdHash: session.idHash, now, codeHash }))) return false;
    await recordRecoveryCodeUse(tx, { colleague, session });
    return true;
  });
  if (isTaken) runBackgroundJobsSoon();
  if (isTaken) return "shown";
  if (hasFreshSecondFactor(session, now) && (await isUsedRecoveryCode(db, { staffId, codeHash }))) return "shown";
  return recordRefusedSecondFactorInAuditLog(db, { colleague }, "recovery-code");
}

export async function getAuthenticatorSetUpOffer(
  db: Db,
  { colleague, session }: ColleagueSession,
): Promise<{ secret: string; isChange: boolean }> {
  const factor = await findAuthenticatorApp(db, colleague.id);
  const offer = { staffId: colleague.id, sessionIdHash: session.idHash, replacedAppSetUpAt: factor?.since ?? null };
  return { secret: deriveAuthenticatorSecret(offer), isChange: factor !== null };
}

/**
 * The result of setting up an app. `set-up`: the colleague had no second factor before, so they must now store new
 * recovery codes. `not-fresh`: the colleague has a second factor, but did not enter it in the last ten minutes.
 */
export type AuthenticatorSetUpResult = "set-up" | "changed" | "wrong" | "too-often" | "not-fresh";

export async function confirmAuthenticatorApp(
  db: Db,
  { colleague, session }: ColleagueSession,
  typed: string,
): Promise<AuthenticatorSetUpResult> {
  const { id: staffId } = colleague;
  if (!(await consumeSecondFactorAttempt(db, staffId, "app"))) return "too-often";
  const { secret } = await getAuthenticatorSetUpOffer(db, { colleague, session });
  const step = findTotpStep(secret, typed);
  if (step === null) return "wrong";
  const now = currentTime();
  const app = { staffId, sessionIdHash: session.idHash, now, secretSealed: identityCrypto().seal(secret), step };
  const codes = newRecoveryCodes(staffId);
  const answer = await db.$transaction<AuthenticatorSetUpResult>(async (tx) => {
    const about = `staff:${staffId}`;
    if (await hasSetUpSecondFactor(tx, staffId)) {
      if (!isSecondFactorRecentEnough(session.secondFactorAt, { now, fresh: true })) return "not-fresh";
      await addOrReplaceAuthenticatorApp(tx, app);
      await recordActInAuditLog(tx, { colleague, kind: "factor-changed", about });
      await queueMailAboutSecondFactor(tx, staffId, { news: "factor-changed" });
      return "changed";
    }
    await setUpFirstAuthenticatorApp(tx, { ...app, codes });
    await recordActInAuditLog(tx, { colleague, kind: "factor-set-up", about });
    return "set-up";
  });
  runBackgroundJobsSoon();
  return answer;
}

/** Gives the colleague new recovery codes. The older ones no longer work. */
export async function issueRecoveryCodes(db: Db, { colleague }: Pick<ColleagueSession, "colleague">): Promise<void> {
  const { id: staffId } = colleague;
  const codes = newRecoveryCodes(staffId);
  await db.$transaction(async (tx) => {
    await issueNewRecoveryCodes(tx, { staffId, codes, now: currentTime() });
    await recordActInAuditLog(tx, { colleague, kind: "recovery-codes-made", about: `staff:${staffId}` });
  });
}

export function deleteSealedCopyOfRecoveryCodes(
  db: Db,
  { colleague }: Pick<ColleagueSession, "colleague">,
): Promise<void> {
  return storeSealedRecoveryCodes(db, { id: colleague.id, sealed: null });
}

async function recordRecoveryCodeUse(tx: Tx, { colleague }: ColleagueSession): Promise<void> {
  const left = await countUnusedRecoveryCodes(tx, colleague.id);
  await recordActInAuditLog(tx, {
    colleague,
    kind: "recovery-code-used",
    about: `staff:${colleague.id}`,
    after: { left },
  });
  await queueMailAboutSecondFactor(tx, colleague.id, { news: "recovery-code-used", left });
}
