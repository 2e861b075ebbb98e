import type { Translate } from "@/content/messages";

export type FindArticleHeadline = (article: string) => string | null;

export function headlineOrReplacement(
  t: Translate,
  { article, findHeadline }: { article: string | null; findHeadline: FindArticleHeadline },
): string {
  if (article === null) return t("newsroom.articles.none");
  return findHeadline(article) ?? t("newsroom.articles.gone", { id: article });
}
