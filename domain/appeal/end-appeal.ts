// Withdraws a scheduled appeal, or ends a live one.
import type { Db } from "../database";
import { type AppealState, stateOf } from "./appeal-state";
import { refusedEdit } from "./appeal-versions";
import { NO_LOCK } from "./edit-lock";
import { type AppealEdit, actValuesOf, type ChangeResult, findOwnRow } from "./published-rows";
import { type AppealRow, changeAppeal, noteAppealChange } from "./store/appeals";

/** Makes a scheduled appeal a draft again. Does not change an appeal that is not scheduled. */
export function withdrawAppeal(db: Db, by: AppealEdit): Promise<ChangeResult> {
  return changeState(db, { ...by, from: "scheduled", kind: "appeal-withdrawn", change: DRAFT });
}

const DRAFT = {
  published: null,
  publishedAt: null,
  publishedBy: null,
  startsAt: null,
  endsAt: null,
  notedState: "draft",
};

/** Ends a live appeal permanently. Does not change an appeal that is not live. */
export function endAppeal(db: Db, by: AppealEdit): Promise<ChangeResult> {
  const change = { endedAt: by.now, endedBy: by.by, notedState: "ended", ...NO_LOCK };
  return changeState(db, { ...by, from: "live", kind: "appeal-ended", change });
}

type StateChange = AppealEdit & {
  from: AppealState;
  kind: "appeal-withdrawn" | "appeal-ended";
  change: Partial<AppealRow>;
};

function changeState(db: Db, { from, kind, change, ...by }: StateChange): Promise<ChangeResult> {
  return db.$transaction(async (tx) => {
    const row = await findOwnRow(tx, by);
    if ("kind" in row) return row.reason === "ended" ? { kind: "changed" } : row;
    if (stateOf(row, by.now) !== from) return { kind: "changed" };
    if (!(await changeAppeal(tx, row, change))) return refusedEdit("changed");
    await noteAppealChange(tx);
    const [before, after] = [actValuesOf(row, by.now), actValuesOf({ ...row, ...change }, by.now)];
    await by.noteAct(tx, { kind, about: `appeal:${by.id}`, before, after });
    return { kind: "changed" };
  });
}
