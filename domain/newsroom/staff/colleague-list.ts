// The colleagues as the settings show them.
import type { Staff } from "../../../generated/sqlite/client";
import type { Db } from "../../database";
import type { SealedAddress } from "../../identity";
import { isExpired, isRoot, wasRemoved } from "./colleagues";
import type { StaffContext } from "./manage";
import { hasRight, parseRole, type Role, type StaffRight } from "./roles";
import { selectColleagues } from "./store";

/** `root`: in STAFF_EMAILS. `open`: an invitation that still counts. */
export type ColleagueRow = Pick<Staff, "id" | "emailSealed" | "emailHash" | "since" | "until" | "wantsSummary"> & {
  role: Role;
  state: "root" | "in" | "open" | "expired" | "removed";
};

/** Those who may come in first. Addresses in STAFF_EMAILS that never came have no row, and are not listed. */
export async function listColleagues(db: Db, { roots, now }: Omit<StaffContext, "locale">): Promise<ColleagueRow[]> {
  const rows = await selectColleagues(db);
  const listed = rows.map((row) => {
    const state = stateOf(row, { roots, now });
    return { ...row, role: state === "root" ? ("admin" as const) : (parseRole(row.role) ?? "admin"), state };
  });
  return listed.toSorted((a, b) => Number(a.state === "removed") - Number(b.state === "removed"));
}

/**
 * The addresses to which news for colleagues with this right goes: those who may come in, and all of STAFF_EMAILS. `onlySummary`: of
 * those who asked for the daily summary.
 */
export async function listAddressesWith(
  db: Db,
  right: StaffRight,
  { roots, now, onlySummary = false }: Omit<StaffContext, "locale"> & { onlySummary?: boolean },
): Promise<SealedAddress[]> {
  const colleagues = (await listColleagues(db, { roots, now })).filter(({ state, role }) => {
    return (state === "root" || state === "in") && hasRight(role, right);
  });
  const strangers = roots.filter((root) => !colleagues.some(({ emailHash }) => emailHash === root.emailHash));
  const chosen = onlySummary ? colleagues.filter(({ wantsSummary }) => wantsSummary) : [...colleagues, ...strangers];
  return chosen.map(({ emailHash, emailSealed }) => ({ emailHash, emailSealed }));
}

function stateOf(row: Staff, { roots, now }: Omit<StaffContext, "locale">): ColleagueRow["state"] {
  if (isRoot(row, roots)) return "root";
  if (wasRemoved(row)) return "removed";
  if (isExpired(row, now)) return "expired";
  return row.acceptedAt === null && row.invitedUntil !== null ? "open" : "in";
}
