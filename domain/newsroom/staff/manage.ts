import type { Staff } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import type { SealedAddress } from "../../identity";
import { withdrawUnsentMail } from "../../ledger/store/outbox";
import type { Role } from "../../staff-role";
import { endSignInSessionsOf } from "../../supporters/store";
import {
  type Colleague,
  isRemovedOrRoot,
  isRootAddress,
  mayOpenNewsroomByStaffRow,
  NEW_COLLEAGUE_DEFAULTS,
} from "./colleagues";
import { removeAllSecondFactors } from "./factor";
import { parseRole } from "./roles";
import { queueAccessMailToColleague } from "./staff-news";
import {
  findColleagueById,
  findStaffRowByEmailHash,
  insertColleague,
  selectColleagues,
  updateColleague,
} from "./store";
import { summaryMailKeyPrefix } from "./summary-choice";

export const INVITATION_VALID_DAYS = 7;
const INVITATION_MS = INVITATION_VALID_DAYS * 24 * 60 * 60 * 1000;

/**
 * Why a colleague could not be changed. `root`: only STAFF_EMAILS can change them. `already`: the person is a colleague
 * already. `last-admin`: no admin would be left. `gone`: there is no such colleague any more. `accepted`: they have
 * accepted the invitation. `role`: an admin must choose their role first.
 */
export type StaffChangeRefusal = {
  kind: "refused";
  reason: "root" | "already" | "last-admin" | "gone" | "accepted" | "role";
};

/** `roots`: the addresses in STAFF_EMAILS. `locale`: the language of e-mails to colleagues who have not chosen one. */
export type StaffChangeContext = { roots: readonly SealedAddress[]; locale: string; now: Date };

type Invitation = { address: SealedAddress; role: Role; invitedBy: Colleague; newId: string };

/**
 * Invites a colleague and queues the e-mail. A removed colleague who is invited again keeps their id, so that the audit
 * log shows the same person.
 */
export async function storeInvitationAndQueueMail(
  tx: Tx,
  { address, role, invitedBy, newId }: Invitation,
  { roots, locale, now }: StaffChangeContext,
): Promise<{ kind: "invited"; id: string } | StaffChangeRefusal> {
  if (isRootAddress(address, roots)) return refused("already");
  const before = await findStaffRowByEmailHash(tx, address.emailHash);
  if (before && mayOpenNewsroomByStaffRow(before, now)) return refused("already");
  const id = before?.id ?? newId;
  const invitedUntil = new Date(now.getTime() + INVITATION_MS);
  const row = { ...NEW_COLLEAGUE_DEFAULTS, ...address, id, role, invitedBy: invitedBy.id, since: now, invitedUntil };
  if (before) await updateColleague(tx, id, row);
  else await insertColleague(tx, row);
  await queueAccessMailToColleague(tx, row, { news: "invited", locale, now, until: invitedUntil });
  return { kind: "invited", id };
}

/**
 * Extends an invitation, and queues its e-mail again, but at most once a minute. Refuses if this version of the site
 * does not know the colleague's role. The e-mail names the role, so an admin must first choose another role.
 */
export async function renewInvitation(
  tx: Tx,
  id: string,
  { locale, now }: StaffChangeContext,
): Promise<{ kind: "invited" } | StaffChangeRefusal> {
  const row = await findColleagueById(tx, id);
  if (!row || isRemovedOrRoot(row)) return refused("gone");
  if (row.acceptedAt !== null || row.invitedUntil === null) return refused("accepted");
  if (!parseRole(row.role)) return refused("role");
  const invitedUntil = new Date(now.getTime() + INVITATION_MS);
  await updateColleague(tx, id, { invitedUntil });
  await queueAccessMailToColleague(tx, row, { news: "invited", locale, now, until: invitedUntil });
  return { kind: "invited" };
}

/**
 * Gives a colleague another role. Queues an e-mail about the change, unless their invitation has expired. `unchanged`:
 * the colleague already has this role.
 */
export async function changeRole(
  tx: Tx,
  { id, role }: { id: string; role: Role },
  { roots, locale, now }: StaffChangeContext,
): Promise<{ kind: "changed"; before: string } | { kind: "unchanged" } | StaffChangeRefusal> {
  const row = await findColleagueById(tx, id);
  const refusal = findRefusal(row, roots);
  if (!row || refusal) return refusal ?? refused("gone");
  if (row.role === role) return { kind: "unchanged" };
  if (role !== "admin" && (await isLastAdmin(tx, row, { roots, now }))) return refused("last-admin");
  await updateColleague(tx, id, { role });
  if (mayOpenNewsroomByStaffRow(row, now))
    await queueAccessMailToColleague(tx, { ...row, role }, { news: "role-changed", locale, now });
  return { kind: "changed", before: row.role };
}

/**
 * Removes a colleague's access, sessions and second factors. Queues an e-mail about this if they had accepted the
 * invitation. Their row is deleted later (domain/retention.ts), so that the audit log can still show their name.
 */
export async function removeColleague(
  tx: Tx,
  id: string,
  { roots, locale, now }: StaffChangeContext,
): Promise<{ kind: "removed" } | StaffChangeRefusal> {
  const row = await findColleagueById(tx, id);
  const refusal = findRefusal(row, roots);
  if (!row || refusal) return refusal ?? refused("gone");
  if (await isLastAdmin(tx, row, { roots, now })) return refused("last-admin");
  await updateColleague(tx, id, { until: now, wantsSummary: false });
  await withdrawUnsentMail(tx, summaryMailKeyPrefix(row));
  await removeAllSecondFactors(tx, id);
  await endSignInSessionsOf(tx, row.emailHash);
  if (row.acceptedAt !== null) await queueAccessMailToColleague(tx, row, { news: "removed", locale, now });
  return { kind: "removed" };
}

/**
 * Deletes a colleague's second factors and ends their sessions, so that they must set up a new factor at the next
 * visit. Queues an e-mail about this, at most one a minute. Also works for colleagues in STAFF_EMAILS.
 */
export async function resetSecondFactors(
  tx: Tx,
  id: string,
  { locale, now }: Omit<StaffChangeContext, "roots">,
): Promise<{ kind: "reset" } | StaffChangeRefusal> {
  const row = await findColleagueById(tx, id);
  if (!row || row.until !== null) return refused("gone");
  await removeAllSecondFactors(tx, id);
  await endSignInSessionsOf(tx, row.emailHash);
  await queueAccessMailToColleague(tx, row, { news: "factor-reset", locale, now });
  return { kind: "reset" };
}

export async function endSessionsOfColleague(tx: Tx, id: string): Promise<{ kind: "ended" } | StaffChangeRefusal> {
  const row = await findColleagueById(tx, id);
  if (!row) return refused("gone");
  await endSignInSessionsOf(tx, row.emailHash);
  return { kind: "ended" };
}

function findRefusal(row: Staff | null, roots: StaffChangeContext["roots"]): StaffChangeRefusal | null {
  if (row && isRootAddress(row, roots)) return refused("root");
  return !row || isRemovedOrRoot(row) ? refused("gone") : null;
}

/**
 * Returns true if this colleague is the only admin. Counts the admins in STAFF_EMAILS, but not admins who have not
 * accepted their invitation.
 */
async function isLastAdmin(tx: Tx, row: Staff, { roots, now }: Omit<StaffChangeContext, "locale">): Promise<boolean> {
  if (row.role !== "admin" || roots.length > 0) return false;
  const others = (await selectColleagues(tx)).filter(({ id }) => id !== row.id);
  return !others.some(
    (other) => other.role === "admin" && other.acceptedAt !== null && mayOpenNewsroomByStaffRow(other, now),
  );
}

function refused(reason: StaffChangeRefusal["reason"]): StaffChangeRefusal {
  return { kind: "refused", reason };
}
