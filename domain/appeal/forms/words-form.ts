// The form for the words of an appeal. Each field is named by its path in AppealWords, such as `banner.headline`.

import { defaultCurrencyOf, type Publication } from "../../publication";
import { type AppealWords, MAX_EXPLAINED_AMOUNTS, parseAppealWords } from "../appeal-words";
import type { ParseAppealPartResult, TextByFormField } from "./fields";

const LINES = Array.from({ length: MAX_EXPLAINED_AMOUNTS }, (_, line) => line);

export function wordsFormFields(words: AppealWords | null): TextByFormField {
  if (!words) return {};
  const { headline, paragraphs, figure, amounts, signature, banner, giveTitle, giveIntro } = words;
  const lines = amounts.flatMap(({ amount, does }, line) => [
    [`amounts.${line}.amount`, amount],
    [`amounts.${line}.does`, does],
  ]);
  return {
    headline,
    paragraphs: paragraphs.join("\n\n"),
    "banner.headline": banner.headline,
    "banner.text": banner.text,
    "figure.number": figure?.number ?? "",
    "figure.text": figure?.text ?? "",
    "signature.name": signature?.name ?? "",
    "signature.role": signature?.role ?? "",
    giveTitle,
    giveIntro,
    ...Object.fromEntries(lines),
  };
}

export function parseWordsForm(
  fields: TextByFormField,
  publication: Pick<Publication, "currencies">,
): ParseAppealPartResult<AppealWords> {
  const lines = writtenLines(fields);
  const checked = parseAppealWords(readUncheckedAppealWords(fields, lines), defaultCurrencyOf(publication));
  if (checked.kind === "words") return { kind: "value", value: checked.words };
  const problems = checked.problems.map(({ field, reason, limit }) => ({
    field: fieldOf(field, lines),
    reason,
    ...(limit === null ? {} : { values: { limit } }),
  }));
  return { kind: "refused", problems };
}

/** Returns the words as typed, even if they break the rules. */
export function readUncheckedAppealWords(fields: TextByFormField, lines = writtenLines(fields)): AppealWords {
  const text = (name: string) => (fields[name] ?? "").trim();
  const [number, explanation] = [text("figure.number"), text("figure.text")];
  const [name, role] = [text("signature.name"), text("signature.role")];
  return {
    headline: text("headline"),
    paragraphs: splitParagraphs(text("paragraphs")),
    figure: number || explanation ? { number, text: explanation } : null,
    amounts: lines.map((line) => ({ amount: text(`amounts.${line}.amount`), does: text(`amounts.${line}.does`) })),
    signature: name || role ? { name, role } : null,
    banner: { headline: text("banner.headline"), text: text("banner.text") },
    giveTitle: text("giveTitle"),
    giveIntro: text("giveIntro"),
  };
}

/** Splits the text at empty lines. A single line break counts as a space. Browsers send CRLF as the line break. */
function splitParagraphs(text: string): string[] {
  const paragraphs = text.replaceAll("\r\n", "\n").split(/\n\s*\n/);
  return paragraphs.map((each) => each.replaceAll("\n", " ").trim()).filter((each) => each !== "");
}

function writtenLines(fields: TextByFormField): number[] {
  const isWritten = (name: string) => (fields[name] ?? "").trim() !== "";
  return LINES.filter((line) => isWritten(`amounts.${line}.amount`) || isWritten(`amounts.${line}.does`));
}

/**
 * Returns the name of the form's field for a path in AppealWords. AppealWords does not contain the amount lines that
 * are empty in the form. So the second line in AppealWords can be the third line in the form. All paragraphs share one
 * field.
 */
function fieldOf(path: string, lines: readonly number[]): string {
  if (path.startsWith("paragraphs")) return "paragraphs";
  const [, index, rest] = /^amounts\.(\d+)\.(.+)$/.exec(path) ?? [];
  return index === undefined ? path : `amounts.${lines[Number(index)]}.${rest}`;
}
