import type { Db } from "../database";
import type { AppealContent } from "./appeal-content";
import { type AppealPartName, serializeAppealPart } from "./appeal-parts";
import { type AppealState, appealStateOf, appealStateSince, pickShownAppeal } from "./appeal-state";
import { getVersionContent } from "./appeal-versions";
import { type EditLockState, editLockStateFor } from "./edit-lock";
import {
  type AppealRow,
  type AppealVersionWithoutContent,
  findAppealRow,
  findVersionRow,
  listAppealRows,
  listAppealVersionsLeavingOutContent,
  listUnsavedPartRows,
} from "./store/appeals";

export type AppealListItem = {
  id: string;
  name: string;
  state: AppealState;
  since: { at: Date; by: string };
  startsAt: Date | null;
  endsAt: Date | null;
  isShown: boolean;
  /** True if the newest saved version is newer than the published one. False if no version is published. */
  hasUnpublishedChanges: boolean;
  lock: EditLockState;
};

const ORDER: AppealState[] = ["live", "scheduled", "draft", "ended"];

/**
 * Lists the live appeals first, beginning with the one that readers see, then the scheduled ones, drafts and ended
 * ones.
 */
export async function listAppeals(
  db: Db,
  { forColleagueId, now }: { forColleagueId: string; now: Date },
): Promise<AppealListItem[]> {
  const rows = await listAppealRows(db);
  const shown = pickShownAppeal(rows, now);
  const listed = rows.map((row) => listedOf(row, { by: forColleagueId, now, shown }));
  return listed.sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || Number(b.isShown) - Number(a.isShown),
  );
}

function listedOf(
  row: AppealRow,
  { by, now, shown }: { by: string; now: Date; shown: AppealRow | null },
): AppealListItem {
  const { id, name, startsAt, endsAt, published, latest } = row;
  return {
    ...{ id, name, startsAt, endsAt },
    state: appealStateOf(row, now),
    since: appealStateSince(row, now),
    isShown: shown?.id === id,
    hasUnpublishedChanges: published !== null && published !== latest,
    lock: editLockStateFor(row, { by, now }),
  };
}

export type AppealForStaff = AppealListItem & {
  latest: number;
  published: number | null;
  content: AppealContent;
  versions: AppealVersionWithoutContent[];
  /** The names of the parts in which the colleague who asks has unsaved text. */
  unsavedParts: string[];
};

const MAX_VERSIONS = 50;

export async function findAppealDetails(
  db: Db,
  { id, by: colleagueId, now }: { id: string; by: string; now: Date },
): Promise<AppealForStaff | null> {
  const row = await findAppealRow(db, id);
  if (!row) return null;
  const [rows, content, versions, drafts] = await Promise.all([
    listAppealRows(db),
    getVersionContent(db, { appealId: id, number: row.latest }),
    listAppealVersionsLeavingOutContent(db, { appealId: id, limit: MAX_VERSIONS }),
    listUnsavedPartRows(db, { appealId: id, by: colleagueId }),
  ]);
  const listed = listedOf(row, { by: colleagueId, now, shown: pickShownAppeal(rows, now) });
  const { latest, published } = row;
  return { ...listed, latest, published, content, versions, unsavedParts: drafts.map(({ part }) => part) };
}

/**
 * A form with unsaved text. `base`: the version that the form showed. `isOutdated`: the part has changed since that
 * version.
 */
export type UnsavedAppealForm = { base: number; at: Date; fields: Record<string, string>; isOutdated: boolean };

/**
 * Returns the form with the colleague's unsaved text of a part, or null if there is none. `newestContent`: the newest
 * version of the appeal. `isOutdated` is true if the part differs between `newestContent` and the version that the form
 * showed.
 */
export async function findUnsavedForm(
  db: Db,
  { id, part, by, newestContent }: { id: string; part: AppealPartName; by: string; newestContent: AppealContent },
): Promise<UnsavedAppealForm | null> {
  const draft = (await listUnsavedPartRows(db, { appealId: id, by })).find((each) => each.part === part);
  if (!draft) return null;
  const { base, at, fields } = draft;
  const then = await getVersionContent(db, { appealId: id, number: base });
  const isOutdated = serializeAppealPart(then, part) !== serializeAppealPart(newestContent, part);
  return { base, at, fields: JSON.parse(fields), isOutdated };
}

export async function listUnsavedAppealParts(
  db: Db,
  key: { id: string; by: string },
): Promise<{ part: string; fields: Record<string, string> }[]> {
  const drafts = await listUnsavedPartRows(db, { appealId: key.id, by: key.by });
  return drafts.map(({ part, fields }) => ({ part, fields: JSON.parse(fields) }));
}

export type AppealVersionWithPrevious = {
  head: AppealVersionWithoutContent;
  content: AppealContent;
  before: AppealContent | null;
};

export async function findAppealVersionWithPrevious(
  db: Db,
  { id, number }: { id: string; number: number },
): Promise<AppealVersionWithPrevious | null> {
  const row = await findVersionRow(db, { appealId: id, number });
  if (!row) return null;
  const { content: _, ...head } = row;
  const content = await getVersionContent(db, { appealId: id, number });
  const before = number > 1 ? await getVersionContent(db, { appealId: id, number: number - 1 }) : null;
  return { head, content, before };
}
