import type { AppealContent } from "./appeal-content";
import type { AppealWords } from "./appeal-words";

/**
 * A text of an appeal's version. `place`: the variant and language of the text. Null if the text does not belong to the
 * appeal's words. `field`: a name of the text within its place, such as `banner.headline`, `presets.USD.once` or
 * `goal`.
 */
export type AppealTextWithPlace = { place: { variant: string; language: string } | null; field: string; text: string };
export type ChangedAppealText = Omit<AppealTextWithPlace, "text"> & { before: string; after: string };

/** Lists the texts that differ between two versions. A text that is missing in one of them counts as "". */
export function listChangedTexts(before: AppealContent | null, after: AppealContent): ChangedAppealText[] {
  const [old, young] = [before ? textsOf(before) : [], textsOf(after)];
  const nameOf = ({ place, field }: AppealTextWithPlace) => JSON.stringify([place, field]);
  const names = [...new Set([...young, ...old].map(nameOf))];
  const changed = names.map((name) => {
    const [first, second] = [old, young].map((texts) => texts.find((text) => nameOf(text) === name));
    const { place = null, field = "" } = second ?? first ?? {};
    return { place, field, before: first?.text ?? "", after: second?.text ?? "" };
  });
  return changed.filter((each) => each.before !== each.after);
}

function textsOf(content: AppealContent): AppealTextWithPlace[] {
  const { variants, presets, quiet, manners, goal } = content;
  const words = variants.flatMap(({ id, words }) =>
    Object.entries(words).flatMap(([language, own]) => textsOfWords(own, { variant: id, language })),
  );
  const amounts = Object.entries(presets).flatMap(([currency, lists]) =>
    Object.entries(lists).map(([frequency, list]) => plain(`presets.${currency}.${frequency}`, list.join("  "))),
  );
  return [
    ...words,
    ...amounts,
    plain("quiet.sections", quiet.sections.join(", ")),
    plain("quiet.articles", quiet.articles.join(", ")),
    ...Object.entries(manners).map(([name, number]) => plain(`manners.${name}`, String(number))),
    plain("goal", goal ? `${goal.amount} ${goal.currency}, ${goal.from} – ${goal.until}, ${goal.counts}` : ""),
  ];
}

function plain(field: string, text: string): AppealTextWithPlace {
  return { place: null, field, text };
}

function textsOfWords(words: AppealWords, place: { variant: string; language: string }): AppealTextWithPlace[] {
  const { headline, paragraphs, figure, amounts, signature, banner, giveTitle, giveIntro } = words;
  const texts: [string, string][] = [
    ["banner.headline", banner.headline],
    ["banner.text", banner.text],
    ["headline", headline],
    ["paragraphs", paragraphs.join("\n\n")],
    ["figure", figure ? `${figure.number} ${figure.text}` : ""],
    ["amounts", amounts.map(({ amount, does }) => `${amount} ${does}`).join("\n")],
    ["signature", signature ? `${signature.name}, ${signature.role}` : ""],
    ["giveTitle", giveTitle],
    ["giveIntro", giveIntro],
  ];
  return texts.map(([field, text]) => ({ place, field, text }));
}
