import type { Translate } from "@/content/messages";
import type { Picture as PictureFacts } from "@/domain/articles/article";
import { downscaledPictures } from "@/domain/articles/article-pictures";

type PictureProps = { t: Translate; picture: PictureFacts; isFirst?: boolean; place?: keyof typeof SIZES };

/**
 * The width that the attribute `sizes` states for pictures on phones with a pixel density of 2.5 or more. It is less
 * than the true width, so that these phones load the version of 800 px. Nobody sees a difference above a density of 2.
 */
const SHARP_PHONE = "(max-width: 40rem) and (min-resolution: 2.5dppx) 62vw";
/**
 * The width that the page claims for pictures on all other phones. It is less than the true width of 94vw. So phones
 * with a pixel density of 1.75 load the version that is 640 px wide, which is almost as sharp.
 */
const PHONE = "88vw";
/**
 * The attribute `sizes` for each place. For narrow windows, it states SHARP_PHONE or PHONE. For wider windows, it
 * states the width at which article.css or lists.css shows the picture.
 */
const SIZES = {
  article: `${SHARP_PHONE}, (min-width: 68rem) 55rem, (min-width: 40rem) 37rem, ${PHONE}`,
  lead: `${SHARP_PHONE}, (min-width: 72rem) 41rem, (min-width: 56rem) 56vw, ${PHONE}`,
  list: `${SHARP_PHONE}, (min-width: 72rem) 22rem, (min-width: 52rem) 31vw, ${PHONE}`,
};

export function Picture({ t, picture, isFirst = false, place = "article" }: PictureProps) {
  const { src, alt, caption, credit, width, height } = picture;
  const copies = downscaledPictures(picture).map(({ path, widthPx }) => `${path} ${widthPx}w`);
  return (
    <figure className="picture">
      {/* Outside of `picture`, React would repeat all addresses of the image in a hint before the page. */}
      {src ? (
        <picture>
          <img
            src={src}
            srcSet={copies.length > 0 ? [...copies, `${src} ${width}w`].join(", ") : undefined}
            sizes={copies.length > 0 ? SIZES[place] : undefined}
            alt={alt}
            width={width}
            height={height}
            fetchPriority={isFirst ? "high" : undefined}
            loading={isFirst ? undefined : "lazy"}
          />
        </picture>
      ) : null}
      {caption || credit ? (
        <figcaption>
          {caption}
          {credit ? <span className="picture-credit"> {t("article.credit", { credit })}</span> : null}
        </figcaption>
      ) : null}
    </figure>
  );
}
