// The paths of the images that are generated from an article's picture: smaller copies for small windows, and the card that
// social networks show beside the article's link.
import type { Article, Picture } from "./article";

/** The smallest width is for screens with a low pixel density and for lists of articles. */
export const SMALL_WIDTHS_PX = [640, 800] as const;
export const SHARE_CARD = { width: 1200, height: 630, type: "image/jpeg" } as const;

export type SmallPicture = { path: string; widthPx: number };

export function cardPath({ slug }: Pick<Article, "slug">): string {
  return `/cards/${slug}.jpg`;
}

/**
 * Returns a picture's smaller copies, the smallest first. Returns an empty list if the picture is outside /pictures/. A copy is
 * always smaller than the picture.
 */
export function smallPictures({ src, width }: Pick<Picture, "src" | "width">): SmallPicture[] {
  const [, name] = /^\/pictures\/([^/]+\.(?:avif|webp|jpe?g|png))$/.exec(src ?? "") ?? [];
  const widths = name ? SMALL_WIDTHS_PX.filter((each) => width > each) : [];
  return widths.map((widthPx) => ({ path: `/pictures/${widthPx}/${name}`, widthPx }));
}
