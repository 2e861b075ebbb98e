import type { Db } from "../database";
import { type AppealContent, MAX_VARIANTS } from "./appeal-content";
import {
  type AppealEditorAndTime,
  addAppealVersion,
  findEditableAppeal,
  refusedAppealEdit,
  type SaveVersionResult,
} from "./appeal-versions";

/** Adds a variant, with a copy of the words of the variant `from`. */
export function addVariant(
  db: Db,
  { id, from, ...editor }: AppealEditorAndTime & { id: string; from: string },
): Promise<SaveVersionResult & { variant?: string }> {
  return db.$transaction(async (tx) => {
    const open = await findEditableAppeal(tx, id, editor);
    if (open.kind === "refused") return open;
    const { variants } = open.content;
    const model = variants.find((variant) => variant.id === from);
    const variant = freeId(open.content);
    if (!model || !variant) return refusedAppealEdit("changed");
    const content = { ...open.content, variants: [...variants, { ...model, id: variant }] };
    return {
      ...(await addAppealVersion(tx, open, { content, kind: "edited", detail: `added ${variant}`, editor })),
      variant,
    };
  });
}

/** Removes a variant. Refuses to remove the last one. */
export function removeVariant(
  db: Db,
  { id, variant, ...editor }: AppealEditorAndTime & { id: string; variant: string },
): Promise<SaveVersionResult> {
  return db.$transaction(async (tx) => {
    const open = await findEditableAppeal(tx, id, editor);
    if (open.kind === "refused") return open;
    const variants = open.content.variants.filter((each) => each.id !== variant);
    if (variants.length === 0) return refusedAppealEdit("changed");
    if (variants.length === open.content.variants.length)
      return { kind: "saved", number: open.row.latest, isNew: false };
    const content = { ...open.content, variants, retired: [...open.content.retired, variant] };
    return addAppealVersion(tx, open, { content, kind: "edited", detail: `removed ${variant}`, editor });
  });
}

/**
 * Returns an id for a new variant: a letter from a to z. Returns null if there are MAX_VARIANTS, or if every letter is
 * taken. Never returns the id of a removed variant, because earlier gifts can contain it.
 */
function freeId({ variants, retired }: AppealContent): string | null {
  if (variants.length >= MAX_VARIANTS) return null;
  const taken = [...variants.map(({ id }) => id), ...retired];
  return Array.from("abcdefghijklmnopqrstuvwxyz").find((letter) => !taken.includes(letter)) ?? null;
}
