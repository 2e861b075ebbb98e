// The second factor of a colleague: after the mailed link, a code from an app, a recovery code or a passkey. It counts for one session.
import type { Db, Tx } from "../../database";
import { markSecondFactor } from "../../supporters/store";
import { acceptInvitation, setRecoverySealed } from "./store";
import {
  advanceFactorStep,
  consumeRecoveryCode,
  countPasskeys,
  deleteFactors,
  findFactor,
  findUnstoredCodes,
  insertFactor,
  replaceFactor,
  replaceRecoveryCodes,
} from "./store/factors";
import { advancePasskeyCounter } from "./store/passkeys";

/** As long as a session of staff lasts. */
const FACTOR_LASTS_MS = 12 * 60 * 60 * 1000;
export const FRESH_MINUTES = 10;
const FRESH_MS = FRESH_MINUTES * 60 * 1000;

/** A session, and when its second factor was last shown; null if never. */
export type FactorOfSession = { idHash: string; secondFactorAt: Date | null };

/** `set-up`: there is none yet · `enter`: the session has not shown it, or too long ago · `store-codes`: new recovery codes wait. */
export type FactorStep = "set-up" | "enter" | "store-codes";

/** `fresh`: within the last ten minutes. A time in the future counts as never. */
export function isFactorValid(secondFactorAt: Date | null, { now, fresh }: { now: Date; fresh: boolean }): boolean {
  if (secondFactorAt === null) return false;
  const ageMs = now.getTime() - secondFactorAt.getTime();
  return ageMs >= 0 && ageMs < (fresh ? FRESH_MS : FACTOR_LASTS_MS);
}

/** Null if nothing more is needed to open the page. */
export async function findFactorStep(
  db: Db,
  { staffId, secondFactorAt, now, fresh }: { staffId: string; secondFactorAt: Date | null; now: Date; fresh: boolean },
): Promise<FactorStep | null> {
  if (!isFactorValid(secondFactorAt, { now, fresh })) return (await hasFactor(db, staffId)) ? "enter" : "set-up";
  return (await findUnstoredCodes(db, staffId)) === null ? null : "store-codes";
}

export async function hasFactor(db: Db | Tx, staffId: string): Promise<boolean> {
  return (await findFactor(db, staffId)) !== null || (await countPasskeys(db, staffId)) > 0;
}

type Shown = { staffId: string; idHash: string; now: Date };
/** `codeHashes`: keyed hashes of the new recovery codes. `sealed`: the codes themselves, until their owner has stored them. */
export type NewRecoveryCodes = { codeHashes: readonly string[]; sealed: string };

/** Sets up the app after its first right code. False if another session was faster. `step`: the 30 seconds of that code. */
export async function setUpFactor(
  tx: Tx,
  { staffId, idHash, now, secretSealed, step, codes }: Shown & NewFactor & { codes: NewRecoveryCodes },
): Promise<boolean> {
  if (await hasFactor(tx, staffId)) return false;
  await insertFactor(tx, { staffId, secretSealed, lastStep: step, since: now });
  await putRecoveryCodes(tx, { staffId, codes, now });
  await acceptInvitation(tx, { id: staffId, now });
  await markSecondFactor(tx, { idHash, now });
  return true;
}

type NewFactor = { secretSealed: string; step: number };

/** Replaces the app by another one. Recovery codes and passkeys stay. */
export async function replaceApp(
  tx: Tx,
  { staffId, idHash, now, secretSealed, step }: Shown & NewFactor,
): Promise<void> {
  await replaceFactor(tx, { staffId, secretSealed, lastStep: step, since: now });
  await markSecondFactor(tx, { idHash, now });
}

/** A right code works once: false if this code or a later one was accepted before. */
export async function acceptAppCode(
  tx: Tx,
  { staffId, idHash, now, step }: Shown & { step: number },
): Promise<boolean> {
  if (!(await advanceFactorStep(tx, { staffId, step }))) return false;
  await markSecondFactor(tx, { idHash, now });
  return true;
}

/** `counter`: the authenticator's count of its signatures. False for a passkey that is gone, or was copied. */
export async function acceptPasskey(
  tx: Tx,
  { staffId, idHash, now, id, counter }: Shown & { id: string; counter: number },
): Promise<boolean> {
  if (!(await advancePasskeyCounter(tx, { id, staffId, counter, now }))) return false;
  await markSecondFactor(tx, { idHash, now });
  return true;
}

/** False for a code that is unknown or was used. */
export async function acceptRecoveryCode(
  tx: Tx,
  { staffId, idHash, now, codeHash }: Shown & { codeHash: string },
): Promise<boolean> {
  if (!(await consumeRecoveryCode(tx, { staffId, codeHash, now }))) return false;
  await markSecondFactor(tx, { idHash, now });
  return true;
}

/** Replaces the recovery codes; no older one works any more. */
export async function putRecoveryCodes(
  tx: Tx,
  { staffId, codes, now }: { staffId: string; codes: NewRecoveryCodes; now: Date },
): Promise<void> {
  await replaceRecoveryCodes(tx, { staffId, codeHashes: codes.codeHashes, madeAt: now });
  await setRecoverySealed(tx, { id: staffId, sealed: codes.sealed });
}

/** Removes app, codes and passkeys, so that the colleague starts again with a set-up. End their sessions too. */
export async function removeFactors(tx: Tx, staffId: string): Promise<void> {
  await deleteFactors(tx, staffId);
  await setRecoverySealed(tx, { id: staffId, sealed: null });
}
