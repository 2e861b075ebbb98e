// The picture that social networks show with an article's link. The build draws it once.
import { CARD, cardPath } from "@/domain/articles/article-pictures";
import { listArticles } from "@/systems/content";
import { drawCard } from "../draw-card";

export const dynamic = "force-static";
export const dynamicParams = false;

export function generateStaticParams(): { file: string }[] {
  return listArticles().map((article) => ({ file: fileOf(cardPath(article)) }));
}

export async function GET(_: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  const article = listArticles().find((each) => fileOf(cardPath(each)) === file);
  if (!article) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(await drawCard(article)), { headers: { "Content-Type": CARD.type } });
}

function fileOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
