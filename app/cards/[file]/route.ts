import { SHARE_CARD_FORMAT, shareCardPath } from "@/domain/articles/article-pictures";
import { listArticles } from "@/systems/content";
import { pictureResponse } from "../../pictures/picture-response";
import { findOrGenerateShareCard } from "../generate-card";

export const dynamic = "force-dynamic";

export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const path = `/cards/${(await params).file}`;
  const article = listArticles().find((each) => shareCardPath(each) === path);
  return pictureResponse(
    request,
    article ? { ...(await findOrGenerateShareCard(article)), type: SHARE_CARD_FORMAT.type } : null,
  );
}
