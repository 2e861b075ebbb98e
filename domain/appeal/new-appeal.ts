// Creates an appeal as a copy of another. If possible, the copy's id comes from the copy's name, so that staff
// recognise the appeal in the data of its gifts.
import type { Db } from "../database";
import { type AppealEditorAndTime, getVersionContent } from "./appeal-versions";
import { createAppeal } from "./edit-appeal";
import { countAppeals, findAppealRow } from "./store/appeals";

export type CopyAppealResult = { kind: "copied"; id: string } | { kind: "refused"; reason: "name" | "not-found" };

const MAX_ID_LENGTH = 34;

export function copyAppeal(
  db: Db,
  { from, name, ...editor }: AppealEditorAndTime & { from: string; name: string },
): Promise<CopyAppealResult> {
  const typed = name.trim();
  if (typed.length < 2 || typed.length > 60) return Promise.resolve({ kind: "refused", reason: "name" });
  return db.$transaction(async (tx): Promise<CopyAppealResult> => {
    const model = await findAppealRow(tx, from);
    if (!model) return { kind: "refused", reason: "not-found" };
    const number = (await countAppeals(tx)) + 1;
    const wanted = idOf(typed) || `appeal-${number}`;
    const id = (await findAppealRow(tx, wanted)) ? `${wanted}-${number}` : wanted;
    const content = await getVersionContent(tx, { appealId: from, number: model.latest });
    await createAppeal(tx, { id, name: typed, content, kind: "copied", detail: `${from} ${model.latest}` }, editor);
    return { kind: "copied", id };
  });
}

/**
 * Returns the name as an id: `Winter drive: 2026` becomes `winter-drive-2026`. Returns "" for a name without Latin
 * letters or digits.
 */
function idOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, MAX_ID_LENGTH)
    .replace(/-$/, "");
}
