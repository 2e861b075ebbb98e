import { publication } from "@/publication";
import { feedIn } from "./articles-feed";

export const dynamic = "force-dynamic";

export function GET(): Promise<Response> {
  return feedIn(publication.defaultLanguage);
}
