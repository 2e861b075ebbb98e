import { publication } from "@/publication";
import { buildFeed } from "./articles-feed";

export const dynamic = "force-dynamic";

export function GET(): Promise<Response> {
  return buildFeed(publication.defaultLanguage);
}
