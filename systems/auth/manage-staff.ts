// Invites, changes and removes colleagues. Each change is made in one transaction with its entry in the audit log.
import "server-only";
import { randomUUID } from "node:crypto";
import type { SealedAddress } from "../../domain/identity";
import type { StaffActValues } from "../../domain/newsroom/staff/act-values";
import type { StaffActKind } from "../../domain/newsroom/staff/acts";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import {
  changeRole,
  endSessionsOfColleague,
  removeColleague,
  renewInvitation,
  resetSecondFactors,
  type StaffChangeRefusal,
  storeInvitationAndQueueMail,
} from "../../domain/newsroom/staff/manage";
import type { Role } from "../../domain/staff-role";
import type { Db, Tx } from "../database";
import { runBackgroundJobsSoon } from "../wake-jobs";
import { recordActInAuditLog, staffChangeContext } from "./staff";

type By = { colleague: Colleague };

export async function inviteColleague(
  db: Db,
  { colleague }: By,
  { address, role }: { address: SealedAddress; role: Role },
): Promise<{ kind: "invited"; id: string } | StaffChangeRefusal> {
  const newId = randomUUID();
  return act(db, async (tx) => {
    const done = await storeInvitationAndQueueMail(
      tx,
      { address, role, invitedBy: colleague, newId },
      staffChangeContext(),
    );
    if (done.kind === "invited")
      await recordStaffAct(tx, { colleague: colleague, id: done.id, kind: "colleague-invited", after: { role } });
    return done;
  });
}

export type ActionOnColleagueAccount = "invite-again" | "reset-factor" | "sign-out" | "remove";

const VERBS = {
  "invite-again": { run: renewInvitation, kind: "invitation-repeated" },
  "reset-factor": { run: resetSecondFactors, kind: "factor-reset" },
  "sign-out": { run: endSessionsOfColleague, kind: "sessions-ended" },
  remove: { run: removeColleague, kind: "colleague-removed" },
} as const;

export async function applyActionToColleague(
  db: Db,
  { colleague }: By,
  { id, verb }: { id: string; verb: ActionOnColleagueAccount },
): Promise<{ kind: string } | StaffChangeRefusal> {
  const { run, kind } = VERBS[verb];
  return act<{ kind: string } | StaffChangeRefusal>(db, async (tx) => {
    const done = await run(tx, id, staffChangeContext());
    if (done.kind !== "refused") await recordStaffAct(tx, { colleague, id, kind });
    return done;
  });
}

export async function changeColleagueRole(
  db: Db,
  { colleague }: By,
  { id, role }: { id: string; role: Role },
): Promise<{ kind: "changed" | "unchanged" } | StaffChangeRefusal> {
  return act(db, async (tx) => {
    const done = await changeRole(tx, { id, role }, staffChangeContext());
    if (done.kind !== "changed") return done;
    const before = { role: done.before as Role };
    await recordStaffAct(tx, { colleague, id, kind: "role-changed", before, after: { role } });
    return { kind: "changed" };
  });
}

async function act<Done>(db: Db, work: (tx: Tx) => Promise<Done>): Promise<Done> {
  const done = await db.$transaction(work);
  runBackgroundJobsSoon();
  return done;
}

type StaffAct = {
  colleague: Colleague;
  id: string;
  kind: StaffActKind;
  before?: Pick<StaffActValues, "role">;
  after?: Pick<StaffActValues, "role">;
};

function recordStaffAct(tx: Tx, { id, ...act }: StaffAct): Promise<void> {
  return recordActInAuditLog(tx, { ...act, about: `staff:${id}` });
}
