import type { Staff } from "../../../generated/sqlite/client";
import type { Db } from "../../database";
import type { SealedAddress } from "../../identity";
import type { Role } from "../../staff-role";
import { isInvitationExpired, isRemovedOrRoot, isRootAddress, ROOT_PLACEHOLDER_ROLE } from "./colleagues";
import type { StaffChangeContext } from "./manage";
import { hasRight, parseRole, type StaffRight } from "./roles";
import { selectColleagues } from "./store";

/**
 * `root`: listed in STAFF_EMAILS. `active`: has access. `open`: invited, not accepted yet. `expired`: did not accept
 * the invitation in time. `removed`: has no access any more.
 */
export type ColleagueRow = Pick<
  Staff,
  "id" | "emailSealed" | "emailHash" | "language" | "since" | "until" | "wantsSummary"
> & {
  /** Null if this version of the site does not know the role. The colleague then has no access. */
  role: Role | null;
  state: "root" | "active" | "open" | "expired" | "removed";
};

type ListContext = Omit<StaffChangeContext, "locale">;

/**
 * Lists all colleagues, the removed ones last. Addresses in STAFF_EMAILS are missing until somebody has signed in with
 * them.
 */
export async function listColleaguesInEveryState(db: Db, { roots, now }: ListContext): Promise<ColleagueRow[]> {
  const rows = await selectColleagues(db);
  const listed = rows.map((row) => {
    const state = stateOf(row, { roots, now });
    return {
      ...row,
      role: state === "root" || row.role === ROOT_PLACEHOLDER_ROLE ? ("admin" as const) : parseRole(row.role),
      state,
    };
  });
  return listed.toSorted((a, b) => Number(a.state === "removed") - Number(b.state === "removed"));
}

export type SealedStaffAddress = SealedAddress & { language: string | null };

/**
 * Lists the e-mail addresses of colleagues with this right. Includes all addresses in STAFF_EMAILS, even if nobody has
 * signed in with them.
 */
export async function listAddressesWithRight(
  db: Db,
  right: StaffRight,
  context: ListContext,
): Promise<SealedStaffAddress[]> {
  const colleagues = (await listActive(db, context)).filter(({ role }) => role && hasRight(role, right));
  const withoutRow = context.roots.filter((root) => !colleagues.some(({ emailHash }) => emailHash === root.emailHash));
  return [...colleagues.map(addressOf), ...withoutRow.map((root) => ({ ...root, language: null }))];
}

/**
 * A colleague who gets the daily summary. `seesQueue`: true if their summary mentions the tasks that wait for staff.
 */
export type DailySummaryRecipient = SealedStaffAddress & { seesQueue: boolean };

/** Lists the colleagues who chose the daily summary, if their role still has the right to see its numbers. */
export async function listDailySummaryRecipients(db: Db, context: ListContext): Promise<DailySummaryRecipient[]> {
  return (await listActive(db, context))
    .filter(({ role, wantsSummary }) => wantsSummary && role && hasRight(role, "totals"))
    .map((each) => ({ ...addressOf(each), seesQueue: each.role !== null && hasRight(each.role, "queue") }));
}

async function listActive(db: Db, context: ListContext): Promise<ColleagueRow[]> {
  return (await listColleaguesInEveryState(db, context)).filter(({ state }) => state === "root" || state === "active");
}

function addressOf({ emailHash, emailSealed, language }: SealedStaffAddress): SealedStaffAddress {
  return { emailHash, emailSealed, language };
}

function stateOf(row: Staff, { roots, now }: ListContext): ColleagueRow["state"] {
  if (isRootAddress(row, roots)) return "root";
  if (isRemovedOrRoot(row)) return "removed";
  if (isInvitationExpired(row, now)) return "expired";
  return row.acceptedAt === null && row.invitedUntil !== null ? "open" : "active";
}
