// Lists colleagues with their e-mail addresses. Admins see full addresses in the settings, because they must know whom
// they invite and remove. The audit log shows masked addresses.
import "server-only";
import { formatEmailAddress } from "../../domain/email-address";
import { type ColleagueRow, listColleaguesInEveryState } from "../../domain/newsroom/staff/colleague-list";
import { maskEmail } from "../../domain/supporters/signed-in-person";
import type { Db } from "../database";
import { identityCrypto } from "../identity";
import { staffChangeContext } from "./staff";

export type ColleagueWithAddress = ColleagueRow & { address: string };

export async function listColleaguesWithAddress(db: Db): Promise<ColleagueWithAddress[]> {
  const identity = identityCrypto();
  const rows = await listColleaguesInEveryState(db, staffChangeContext());
  return rows.map((row) => ({ ...row, address: formatEmailAddress(identity.open(row.emailSealed)) }));
}

export async function listColleaguesWithMaskedAddress(db: Db): Promise<{ id: string; address: string }[]> {
  const identity = identityCrypto();
  const rows = await listColleaguesInEveryState(db, staffChangeContext());
  return rows.map(({ id, emailSealed }) => ({ id, address: maskEmail(identity.open(emailSealed)) }));
}

export async function findColleagueAndTheirAddress(db: Db, id: string): Promise<ColleagueWithAddress | null> {
  return (await listColleaguesWithAddress(db)).find((row) => row.id === id) ?? null;
}
