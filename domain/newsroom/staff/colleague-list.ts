// The colleagues as the settings show them.
import type { Staff } from "../../../generated/sqlite/client";
import type { Db } from "../../database";
import { isExpired, isRoot } from "./colleagues";
import type { StaffContext } from "./manage";
import { parseRole, type Role } from "./roles";
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
    return { ...row, role: state === "root" ? ("admin" as const) : (parseRole(row.role) ?? "viewer"), state };
  });
  return listed.toSorted((a, b) => Number(a.state === "removed") - Number(b.state === "removed"));
}

function stateOf(row: Staff, { roots, now }: Omit<StaffContext, "locale">): ColleagueRow["state"] {
  if (isRoot(row, roots)) return "root";
  if (row.until !== null) return "removed";
  if (isExpired(row, now)) return "expired";
  return row.acceptedAt === null && row.invitedUntil !== null ? "open" : "in";
}
