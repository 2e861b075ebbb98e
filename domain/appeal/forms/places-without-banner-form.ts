// The form in which editors choose where the appeal asks. It has a checkbox for each section, checked if the appeal
// asks there. It also has a list of the articles in which the appeal does not ask.

import { checkPlacesWithoutBanner, listSections, type PlacesWithoutBanner } from "../places-without-banner";
import type { ParseAppealPartResult, PublicationAndArticles, TextByFormField } from "./fields";

export const ARTICLES_WITHOUT_BANNER_FIELD = "articles";

export function sectionFieldName(section: string): string {
  return `section.${section}`;
}

export function placesWithoutBannerFormFields(
  quiet: PlacesWithoutBanner,
  articles: PublicationAndArticles["articles"],
): TextByFormField {
  const asking = listSections(articles).filter((section) => !quiet.sections.includes(section));
  const slugs = quiet.articles.map((id) => articles.find((article) => article.id === id)?.slug ?? id);
  return {
    ...Object.fromEntries(asking.map((section) => [sectionFieldName(section), "on"])),
    [ARTICLES_WITHOUT_BANNER_FIELD]: slugs.join("\n"),
  };
}

export function parsePlacesWithoutBannerForm(
  fields: TextByFormField,
  articles: PublicationAndArticles["articles"],
): ParseAppealPartResult<PlacesWithoutBanner> {
  const askingSections = listSections(articles).filter((section) => fields[sectionFieldName(section)] === "on");
  const checked = checkPlacesWithoutBanner(
    { askingSections, typedArticles: fields[ARTICLES_WITHOUT_BANNER_FIELD] ?? "" },
    articles,
  );
  if (checked.kind === "places") return { kind: "value", value: checked.places };
  const values = { text: checked.unknown.join(", ") };
  return { kind: "refused", problems: [{ field: ARTICLES_WITHOUT_BANNER_FIELD, reason: "unknown-article", values }] };
}
