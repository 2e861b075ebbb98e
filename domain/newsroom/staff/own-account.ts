import type { Db } from "../../database";
import { findColleagueById } from "./store";
import { findAuthenticatorApp, listRecoveryCodes } from "./store/factors";
import { listPasskeys } from "./store/passkeys";

export type OwnStaffAccount = {
  /** When the authenticator app was set up; null if the colleague has none. */
  app: { since: Date } | null;
  recovery: { left: number; madeAt: Date | null };
  passkeys: { id: string; addedAt: Date; usedAt: Date | null }[];
  wantsSummary: boolean;
};

export async function getOwnStaffAccount(db: Db, staffId: string): Promise<OwnStaffAccount> {
  const factor = await findAuthenticatorApp(db, staffId);
  const codes = await listRecoveryCodes(db, staffId);
  return {
    app: factor && { since: factor.since },
    recovery: { left: codes.filter(({ usedAt }) => usedAt === null).length, madeAt: codes[0]?.madeAt ?? null },
    passkeys: (await listPasskeys(db, staffId)).map(({ id, addedAt, usedAt }) => ({ id, addedAt, usedAt })),
    wantsSummary: (await findColleagueById(db, staffId))?.wantsSummary ?? false,
  };
}
