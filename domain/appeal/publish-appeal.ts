import type { Db, Tx } from "../database";
import { listMissingWords, type MissingWords } from "./appeal-content";
import { type AppealState, appealStateOf } from "./appeal-state";
import { type AppealEditRefusal, getVersionContent, refusedAppealEdit } from "./appeal-versions";
import {
  type AppealChangeContext,
  appealPublishingStateForAuditLog,
  findChangeableAppealRow,
  wouldPublishingChangeExperimentWords,
} from "./published-rows";
import { type AppealRow, incrementAppealChangeNumber, updateAppealIfUnchanged } from "./store/appeals";

export type PublishAppealRefusal =
  | AppealEditRefusal
  | { kind: "refused"; reason: "end-before-start" | "experiment" }
  | { kind: "refused"; reason: "missing-words"; missing: MissingWords[] };

export type PublishAppealResult = { kind: "published"; state: AppealState } | PublishAppealRefusal;

type Plan = {
  /** The version that the colleague saw. If a newer version exists, publishing is refused as `changed`. */
  version: number;
  /**
   * If null or in the past, the appeal starts at once. A new start time has no effect on an appeal that is already
   * live.
   */
  startsAt: Date | null;
  endsAt: Date | null;
  languages: readonly string[];
};

export function publishAppeal(db: Db, plan: AppealChangeContext & Plan): Promise<PublishAppealResult> {
  return db.$transaction((tx) => publishAppealInTransaction(tx, plan));
}

export async function publishAppealInTransaction(
  tx: Tx,
  { version, startsAt, endsAt, languages, ...by }: AppealChangeContext & Plan,
): Promise<PublishAppealResult> {
  const row = await findChangeableAppealRow(tx, by);
  if ("kind" in row) return row;
  if (row.latest !== version) return refusedAppealEdit("changed");
  const content = await getVersionContent(tx, { appealId: by.id, number: version });
  const missing = listMissingWords(content, languages);
  if (missing.length > 0) return { kind: "refused", reason: "missing-words", missing };
  if (await wouldPublishingChangeExperimentWords(tx, row, { content, now: by.now }))
    return { kind: "refused", reason: "experiment" };
  const start = startOf(row, { startsAt, now: by.now });
  if (endsAt && endsAt <= (start > by.now ? start : by.now)) return { kind: "refused", reason: "end-before-start" };
  const planned = { published: version, startsAt: start, endsAt };
  if (isSame(row, planned)) return { kind: "published", state: appealStateOf(row, by.now) };
  return publishRow(tx, row, { ...by, planned });
}

type Planned = { published: number; startsAt: Date; endsAt: Date | null };

async function publishRow(
  tx: Tx,
  row: AppealRow,
  { planned, ...by }: AppealChangeContext & { planned: Planned },
): Promise<PublishAppealResult> {
  const isSameStart = sameTime(row.startsAt, planned.startsAt);
  const publishing = { ...planned, ...(isSameStart ? {} : { publishedAt: by.now, publishedBy: by.by }) };
  const state = appealStateOf({ ...row, ...publishing }, by.now);
  if (!(await updateAppealIfUnchanged(tx, row, { ...publishing, notedState: state })))
    return refusedAppealEdit("changed");
  await incrementAppealChangeNumber(tx);
  const { id, recordAct, now } = by;
  await recordAct(tx, {
    kind: "appeal-published",
    about: `appeal:${id}`,
    before: appealPublishingStateForAuditLog(row, now),
    after: appealPublishingStateForAuditLog({ ...row, ...publishing }, now),
  });
  return { kind: "published", state };
}

function startOf(row: AppealRow, { startsAt, now }: { startsAt: Date | null; now: Date }): Date {
  if (appealStateOf(row, now) === "live" && row.startsAt) return row.startsAt;
  return startsAt && startsAt > now ? startsAt : now;
}

function isSame(row: AppealRow, planned: Planned): boolean {
  return (
    row.published === planned.published &&
    sameTime(row.startsAt, planned.startsAt) &&
    sameTime(row.endsAt, planned.endsAt)
  );
}

function sameTime(a: Date | null, b: Date | null): boolean {
  return a?.getTime() === b?.getTime();
}
