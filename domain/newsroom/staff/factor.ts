import { CLOCK_TOLERANCE_MS } from "../../clock-tolerance";
import type { Db, Tx } from "../../database";
import { markSecondFactorPassed } from "../../supporters/store";
import { acceptInvitation, storeSealedRecoveryCodes } from "./store";
import {
  advanceTotpStep,
  consumeRecoveryCode,
  countPasskeys,
  deleteFactors,
  findAuthenticatorApp,
  findUnconfirmedSealedRecoveryCodes,
  insertAuthenticatorApp,
  replaceRecoveryCodes,
  saveAuthenticatorApp,
} from "./store/factors";
import { advancePasskeyCounter } from "./store/passkeys";

/** How long a second factor stays valid after it was entered: as long as a staff session. */
const FACTOR_LASTS_MS = 12 * 60 * 60 * 1000;
export const FRESH_FACTOR_MINUTES = 10;
const FRESH_MS = FRESH_FACTOR_MINUTES * 60 * 1000;

export type SecondFactorKind = "app" | "recovery-code" | "passkey";

/** A session. `secondFactorAt`: when the colleague last entered a second factor in it; null if never. */
export type SessionWithFactorTime = { idHash: string; secondFactorAt: Date | null };

/**
 * The step that a colleague must take before a page opens. `set-up`: set up a second factor. `enter`: enter the second
 * factor. `store-codes`: confirm that they have stored their new recovery codes.
 */
export type MissingFactorStep = "set-up" | "enter" | "store-codes";

/**
 * Returns true if the second factor was entered recently enough. `fresh`: true if it must have been entered in the last
 * FRESH_FACTOR_MINUTES. A time in the future is not valid, except within CLOCK_TOLERANCE_MS.
 */
export function isSecondFactorRecentEnough(
  secondFactorAt: Date | null,
  { now, fresh }: { now: Date; fresh: boolean },
): boolean {
  if (secondFactorAt === null) return false;
  const ageMs = now.getTime() - secondFactorAt.getTime();
  return ageMs > -CLOCK_TOLERANCE_MS && ageMs < (fresh ? FRESH_MS : FACTOR_LASTS_MS);
}

/** Returns what the colleague must do before the page opens; null if nothing. */
export async function findMissingSecondFactorStep(
  db: Db,
  { staffId, secondFactorAt, now, fresh }: { staffId: string; secondFactorAt: Date | null; now: Date; fresh: boolean },
): Promise<MissingFactorStep | null> {
  if (!isSecondFactorRecentEnough(secondFactorAt, { now, fresh }))
    return (await hasSetUpSecondFactor(db, staffId)) ? "enter" : "set-up";
  return (await findUnconfirmedSealedRecoveryCodes(db, staffId)) === null ? null : "store-codes";
}

export async function hasSetUpSecondFactor(db: Db | Tx, staffId: string): Promise<boolean> {
  return (await findAuthenticatorApp(db, staffId)) !== null || (await countPasskeys(db, staffId)) > 0;
}

type Shown = { staffId: string; sessionIdHash: string; now: Date };
/**
 * `codeHashes`: keyed hashes of the new recovery codes. `sealed`: the codes, encrypted. The site keeps `sealed` until
 * the colleague confirms that they have stored the codes.
 */
export type HashedAndSealedRecoveryCodes = { codeHashes: readonly string[]; sealed: string };

/**
 * Sets up an authenticator app as the first second factor, and stores recovery codes. Also accepts the colleague's
 * invitation. Returns false if the colleague already has a second factor. `step`: the 30-second time step of the
 * entered code.
 */
export async function setUpFirstAuthenticatorApp(
  tx: Tx,
  {
    staffId,
    sessionIdHash,
    now,
    secretSealed,
    step,
    codes,
  }: Shown & NewFactor & { codes: HashedAndSealedRecoveryCodes },
): Promise<boolean> {
  if (await hasSetUpSecondFactor(tx, staffId)) return false;
  await insertAuthenticatorApp(tx, { staffId, secretSealed, lastStep: step, since: now });
  await issueNewRecoveryCodes(tx, { staffId, codes, now });
  await acceptInvitation(tx, { id: staffId, now });
  await markSecondFactorPassed(tx, { idHash: sessionIdHash, now });
  return true;
}

type NewFactor = { secretSealed: string; step: number };

/** Replaces the colleague's authenticator app, or adds one. Recovery codes and passkeys stay. */
export async function addOrReplaceAuthenticatorApp(
  tx: Tx,
  { staffId, sessionIdHash, now, secretSealed, step }: Shown & NewFactor,
): Promise<void> {
  await saveAuthenticatorApp(tx, { staffId, secretSealed, lastStep: step, since: now });
  await markSecondFactorPassed(tx, { idHash: sessionIdHash, now });
}

/**
 * Accepts a code of the authenticator app. Returns false if this code or a later one was accepted before, so that each
 * code works only once.
 */
export async function acceptAuthenticatorCode(
  tx: Tx,
  { staffId, sessionIdHash, now, step }: Shown & { step: number },
): Promise<boolean> {
  if (!(await advanceTotpStep(tx, { staffId, step }))) return false;
  await markSecondFactorPassed(tx, { idHash: sessionIdHash, now });
  return true;
}

/**
 * Accepts a passkey. `counter`: the signature counter that the passkey sent. Returns false if the passkey was removed,
 * or if the counter suggests that the passkey was copied.
 */
export async function acceptShownPasskey(
  tx: Tx,
  { staffId, sessionIdHash, now, id, counter }: Shown & { id: string; counter: number },
): Promise<boolean> {
  if (!(await advancePasskeyCounter(tx, { id, staffId, counter, now }))) return false;
  await markSecondFactorPassed(tx, { idHash: sessionIdHash, now });
  return true;
}

/** Accepts a recovery code. Returns false if the code is unknown or was used before. */
export async function acceptRecoveryCode(
  tx: Tx,
  { staffId, sessionIdHash, now, codeHash }: Shown & { codeHash: string },
): Promise<boolean> {
  if (!(await consumeRecoveryCode(tx, { staffId, codeHash, now }))) return false;
  await markSecondFactorPassed(tx, { idHash: sessionIdHash, now });
  return true;
}

/**
 * Replaces the colleague's recovery codes. Stores the hashes of the new codes. Also stores the encrypted codes, until
 * the colleague confirms that they have stored them.
 */
export async function issueNewRecoveryCodes(
  tx: Tx,
  { staffId, codes, now }: { staffId: string; codes: HashedAndSealedRecoveryCodes; now: Date },
): Promise<void> {
  await replaceRecoveryCodes(tx, { staffId, codeHashes: codes.codeHashes, madeAt: now });
  await storeSealedRecoveryCodes(tx, { id: staffId, sealed: codes.sealed });
}

/**
 * Deletes the colleague's authenticator app, passkeys and recovery codes, so that they must set up a new factor. The
 * caller must also end the colleague's sessions.
 */
export async function removeAllSecondFactors(tx: Tx, staffId: string): Promise<void> {
  await deleteFactors(tx, staffId);
  await storeSealedRecoveryCodes(tx, { id: staffId, sealed: null });
}
