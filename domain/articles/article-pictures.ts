// The paths of an article's two generated images: a smaller copy of its picture for small windows, and the card that social networks
// show beside its link.
import type { Article, Picture } from "./article";

export const SMALL_WIDTH_PX = 800;
export const CARD = { width: 1200, height: 630, type: "image/jpeg" } as const;

export function cardPath({ slug }: Pick<Article, "slug">): string {
  return `/cards/${slug}.jpg`;
}

/** The path of a picture's smaller copy. Null if the picture is already small, or is outside /pictures/. */
export function smallPicturePath({ src, width }: Pick<Picture, "src" | "width">): string | null {
  const [, name] = /^\/pictures\/([^/]+\.(?:avif|webp|jpe?g|png))$/.exec(src ?? "") ?? [];
  return name && width > SMALL_WIDTH_PX ? `/pictures/${SMALL_WIDTH_PX}/${name}` : null;
}
