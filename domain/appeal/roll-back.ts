import type { Db, Tx } from "../database";
import { stateOf } from "./appeal-state";
import { addVersion, getContent, refusedEdit } from "./appeal-versions";
import { type AppealEdit, type ChangeResult, changesShownTrialWords, findOwnRow } from "./published-rows";
import { changeAppeal, findAppealRow, noteAppealChange } from "./store/appeals";

/**
 * Appends a version with the content of the version `to`. If the appeal is live or scheduled, also publishes the new version.
 * `seen`: the newest version that the colleague saw.
 */
export function rollBack(
  db: Db,
  { to, seen, ...by }: AppealEdit & { to: number; seen: number },
): Promise<ChangeResult | { kind: "refused"; reason: "experiment" }> {
  return db.$transaction(async (tx) => {
    const row = await findOwnRow(tx, by);
    if ("kind" in row) return row;
    if (row.latest !== seen) return refusedEdit("changed");
    const newest = await getContent(tx, { appealId: by.id, number: row.latest });
    const content = await getContent(tx, { appealId: by.id, number: to });
    if (await changesShownTrialWords(tx, row, { content, now: by.now }))
      return { kind: "refused", reason: "experiment" };
    const terms = { content, kind: "rolled-back", detail: String(to), editor: by } as const;
    const saved = await addVersion(tx, { row, content: newest }, terms);
    if (saved.kind === "refused") return saved;
    const isShown = await showToReaders(tx, { ...by, number: saved.number });
    const after = { version: saved.number, as: to, state: stateOf(row, by.now) };
    const act = { kind: "appeal-rolled-back", about: `appeal:${by.id}`, after } as const;
    if (saved.isNew || isShown) await by.noteAct(tx, { ...act, before: { version: row.published ?? row.latest } });
    return { kind: "changed" };
  });
}

/** Publishes the new version if the appeal is live or scheduled. Returns false if it published nothing. */
async function showToReaders(tx: Tx, { id, number, by, now }: AppealEdit & { number: number }): Promise<boolean> {
  const row = await findAppealRow(tx, id);
  if (!row || row.published === null || row.published === number) return false;
  await changeAppeal(tx, row, { published: number, publishedAt: now, publishedBy: by });
  await noteAppealChange(tx);
  return true;
}
