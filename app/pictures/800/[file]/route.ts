// An article's picture for small windows. The build makes it once.
import { SMALL_WIDTH_PX, smallPicturePath } from "@/domain/articles/article-pictures";
import { listArticles } from "@/systems/content";
import { scaleToWidth } from "@/systems/pictures";

export const dynamic = "force-static";
export const dynamicParams = false;

export function generateStaticParams(): { file: string }[] {
  const paths = listArticles().map(({ picture }) => picture && smallPicturePath(picture));
  return [...new Set(paths.filter((path) => path !== null))].map((path) => ({
    file: path.slice(path.lastIndexOf("/") + 1),
  }));
}

export async function GET(_: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  if (!generateStaticParams().some((each) => each.file === file)) return new Response(null, { status: 404 });
  const { bytes, type } = await scaleToWidth(`/pictures/${file}`, SMALL_WIDTH_PX);
  return new Response(new Uint8Array(bytes), { headers: { "Content-Type": type } });
}
