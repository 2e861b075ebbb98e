import { notFound } from "next/navigation";
import { buildArticlesFeedResponse } from "@/app/feed.xml/articles-feed";
import { languageOfPathSegment } from "@/domain/languages";
import { publication } from "@/publication";

export const dynamic = "force-dynamic";

export async function GET(_: Request, { params }: { params: Promise<{ language: string }> }): Promise<Response> {
  const locale = languageOfPathSegment((await params).language, publication);
  return locale ? buildArticlesFeedResponse(locale) : notFound();
}
