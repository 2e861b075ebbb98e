import { publication } from "@/publication";
import { buildArticlesFeedResponse } from "./articles-feed";

export const dynamic = "force-dynamic";

export function GET(): Promise<Response> {
  return buildArticlesFeedResponse(publication.defaultLanguage);
}
