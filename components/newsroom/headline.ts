import type { Translate } from "@/content/messages";

export type FindHeadline = (article: string) => string | null;

export function headlineOrReplacement(
  t: Translate,
  { article, findHeadline }: { article: string | null; findHeadline: FindHeadline },
): string {
  if (article === null) return t("newsroom.articles.none");
  return findHeadline(article) ?? t("newsroom.articles.gone", { id: article });
}
