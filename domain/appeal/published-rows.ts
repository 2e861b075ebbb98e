// Shared by publishing, ending and rolling back: finds the appeal that a colleague may change, and formats its state for the
// audit log.
import type { Tx } from "../database";
import type { AppealContent } from "./appeal-content";
import { stateOf } from "./appeal-state";
import { type Editor, type EditRefusal, getContent, refusedEdit } from "./appeal-versions";
import { standingOf } from "./edit-lock";
import type { NoteAct } from "./note-act";
import { type AppealRow, findAppealRow } from "./store/appeals";
import { changesWordsOnTrial } from "./words-on-trial";

export type AppealEdit = Editor & { id: string; noteAct: NoteAct };

export type ChangeResult = { kind: "changed" } | EditRefusal;

/** Returns the appeal. Refuses if it has ended or another colleague is editing it. */
export async function findOwnRow(tx: Tx, by: AppealEdit): Promise<AppealRow | EditRefusal> {
  const row = await findAppealRow(tx, by.id);
  if (!row) return refusedEdit("not-found");
  if (stateOf(row, by.now) === "ended") return refusedEdit("ended");
  return standingOf(row, by).kind === "held" ? refusedEdit("held") : row;
}

export function actValuesOf(row: Pick<AppealRow, "published" | "startsAt" | "endsAt"> & AppealRow, now: Date) {
  const { published, startsAt, endsAt } = row;
  const text = (at: Date | null) => at?.toISOString() ?? null;
  return { state: stateOf(row, now), version: published, startsAt: text(startsAt), endsAt: text(endsAt) };
}

/** Returns true if publishing `content` would change words that a running experiment compares. */
export async function changesShownTrialWords(
  tx: Tx,
  row: AppealRow,
  { content, now }: { content: AppealContent; now: Date },
): Promise<boolean> {
  if (row.published === null) return false;
  const from = await getContent(tx, { appealId: row.id, number: row.published });
  return changesWordsOnTrial(tx, { id: row.id, now, from, to: content });
}
