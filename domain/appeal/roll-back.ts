import type { Db, Tx } from "../database";
import { appealStateOf } from "./appeal-state";
import { addAppealVersion, getVersionContent, refusedAppealEdit } from "./appeal-versions";
import {
  type AppealChangeContext,
  type AppealPublishingChangeResult,
  findChangeableAppealRow,
  wouldPublishingChangeExperimentWords,
} from "./published-rows";
import { findAppealRow, incrementAppealChangeNumber, updateAppealIfUnchanged } from "./store/appeals";

/**
 * Saves the content of the version `toVersion` as the newest version, and publishes it if the appeal is live or
 * scheduled. `seenVersion`: the newest version at the time when the colleague's page was rendered. Refuses if a newer
 * version was saved since then.
 */
export function rollBackAppeal(
  db: Db,
  { toVersion, seenVersion, ...by }: AppealChangeContext & { toVersion: number; seenVersion: number },
): Promise<AppealPublishingChangeResult | { kind: "refused"; reason: "experiment" }> {
  return db.$transaction(async (tx) => {
    const row = await findChangeableAppealRow(tx, by);
    if ("kind" in row) return row;
    if (row.latest !== seenVersion) return refusedAppealEdit("changed");
    const newest = await getVersionContent(tx, { appealId: by.id, number: row.latest });
    const content = await getVersionContent(tx, { appealId: by.id, number: toVersion });
    if (await wouldPublishingChangeExperimentWords(tx, row, { content, now: by.now }))
      return { kind: "refused", reason: "experiment" };
    const terms = { content, kind: "rolled-back", detail: String(toVersion), editor: by } as const;
    const saved = await addAppealVersion(tx, { row, content: newest }, terms);
    if (saved.kind === "refused") return saved;
    const isShown = await showToReaders(tx, { ...by, number: saved.number });
    const after = { version: saved.number, as: toVersion, state: appealStateOf(row, by.now) };
    const act = { kind: "appeal-rolled-back", about: `appeal:${by.id}`, after } as const;
    if (saved.isNew || isShown) await by.recordAct(tx, { ...act, before: { version: row.published ?? row.latest } });
    return { kind: "changed" };
  });
}

/**
 * Publishes the version `number`. Does nothing and returns false if the appeal has no published version, or if this
 * version is already published.
 */
async function showToReaders(tx: Tx, { id, number }: AppealChangeContext & { number: number }): Promise<boolean> {
  const row = await findAppealRow(tx, id);
  if (!row || row.published === null || row.published === number) return false;
  await updateAppealIfUnchanged(tx, row, { published: number });
  await incrementAppealChangeNumber(tx);
  return true;
}
