import type { Article, Picture } from "./article";

export const SMALL_PICTURE_WIDTHS_PX = [640, 800] as const;
export const SHARE_CARD_FORMAT = { width: 1200, height: 630, type: "image/jpeg" } as const;

export type DownscaledPicture = { path: string; widthPx: number };

export function shareCardPath({ slug }: Pick<Article, "slug">): string {
  return `/cards/${slug}.jpg`;
}

/**
 * Returns the smaller copies of a picture, with the smallest first. Only AVIF, WebP, JPEG and PNG files directly in
 * /pictures/ have copies.
 */
export function downscaledPictures({ src, width }: Pick<Picture, "src" | "width">): DownscaledPicture[] {
  const [, name] = /^\/pictures\/([^/]+\.(?:avif|webp|jpe?g|png))$/.exec(src ?? "") ?? [];
  const widths = name ? SMALL_PICTURE_WIDTHS_PX.filter((each) => width > each) : [];
  return widths.map((widthPx) => ({ path: `/pictures/${widthPx}/${name}`, widthPx }));
}
