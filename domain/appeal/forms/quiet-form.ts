// The form in which editors choose where the appeal asks. It has a checkbox for each section, checked if the appeal
// asks there. It also has a list of the articles in which the appeal does not ask.

import { checkQuietPlaces, listSections, type QuietPlaces } from "../quiet-places";
import type { ParseAppealPartResult, PublicationAndArticles, TextByFormField } from "./fields";

export const QUIET_ARTICLES_FIELD = "articles";

export function sectionFieldName(section: string): string {
  return `section.${section}`;
}

export function quietFormFields(quiet: QuietPlaces, articles: PublicationAndArticles["articles"]): TextByFormField {
  const asking = listSections(articles).filter((section) => !quiet.sections.includes(section));
  const slugs = quiet.articles.map((id) => articles.find((article) => article.id === id)?.slug ?? id);
  return {
    ...Object.fromEntries(asking.map((section) => [sectionFieldName(section), "on"])),
    [QUIET_ARTICLES_FIELD]: slugs.join("\n"),
  };
}

export function parseQuietForm(
  fields: TextByFormField,
  articles: PublicationAndArticles["articles"],
): ParseAppealPartResult<QuietPlaces> {
  const askingSections = listSections(articles).filter((section) => fields[sectionFieldName(section)] === "on");
  const checked = checkQuietPlaces({ askingSections, typedArticles: fields[QUIET_ARTICLES_FIELD] ?? "" }, articles);
  if (checked.kind === "places") return { kind: "value", value: checked.places };
  const values = { text: checked.unknown.join(", ") };
  return { kind: "refused", problems: [{ field: QUIET_ARTICLES_FIELD, reason: "unknown-article", values }] };
}
