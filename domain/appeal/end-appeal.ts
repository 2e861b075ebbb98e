import type { Db } from "../database";
import { type AppealState, appealStateOf } from "./appeal-state";
import { refusedAppealEdit } from "./appeal-versions";
import { NO_LOCK } from "./edit-lock";
import {
  type AppealChangeContext,
  type AppealPublishingChangeResult,
  appealPublishingStateForAuditLog,
  findChangeableAppealRow,
} from "./published-rows";
import { type AppealRow, incrementAppealChangeNumber, updateAppealIfUnchanged } from "./store/appeals";

/** Makes a scheduled appeal a draft again. Does nothing to an appeal in another state. */
export function withdrawScheduledAppeal(db: Db, context: AppealChangeContext): Promise<AppealPublishingChangeResult> {
  return changeState(db, { ...context, from: "scheduled", kind: "appeal-withdrawn", change: DRAFT });
}

const DRAFT = {
  published: null,
  publishedAt: null,
  publishedBy: null,
  startsAt: null,
  endsAt: null,
  notedState: "draft",
};

/** Ends a live appeal permanently. Does nothing to an appeal in another state. */
export function endAppeal(db: Db, context: AppealChangeContext): Promise<AppealPublishingChangeResult> {
  const change = { endedAt: context.now, endedBy: context.by, notedState: "ended", ...NO_LOCK };
  return changeState(db, { ...context, from: "live", kind: "appeal-ended", change });
}

type StateChange = AppealChangeContext & {
  from: AppealState;
  kind: "appeal-withdrawn" | "appeal-ended";
  change: Partial<AppealRow>;
};

function changeState(db: Db, { from, kind, change, ...by }: StateChange): Promise<AppealPublishingChangeResult> {
  return db.$transaction(async (tx) => {
    const row = await findChangeableAppealRow(tx, by);
    if ("kind" in row) return row.reason === "ended" ? { kind: "changed" } : row;
    if (appealStateOf(row, by.now) !== from) return { kind: "changed" };
    if (!(await updateAppealIfUnchanged(tx, row, change))) return refusedAppealEdit("changed");
    await incrementAppealChangeNumber(tx);
    const [before, after] = [
      appealPublishingStateForAuditLog(row, by.now),
      appealPublishingStateForAuditLog({ ...row, ...change }, by.now),
    ];
    await by.recordAct(tx, { kind, about: `appeal:${by.id}`, before, after });
    return { kind: "changed" };
  });
}
