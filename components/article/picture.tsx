// A picture with its caption and credit, or only the caption if the image could not be imported.
import type { Translate } from "@/content/messages";
import type { Picture as PictureFacts } from "@/domain/articles/article";
import { SMALL_WIDTH_PX, smallPicturePath } from "@/domain/articles/article-pictures";

type PictureProps = { t: Translate; picture: PictureFacts; isFirst?: boolean; place?: keyof typeof SIZES };

/** Understates the width on phones with a pixel density of 2.5 or more, so that they load a smaller copy. Nobody sees more than density 2. */
const SHARP_PHONE = "(max-width: 40rem) and (min-resolution: 2.5dppx) 62vw";
/** The `sizes` of the picture, by place: the widths at which article.css shows it. */
const SIZES = {
  article: `${SHARP_PHONE}, (min-width: 68rem) 55rem, (min-width: 40rem) 37rem, 94vw`,
  lead: `${SHARP_PHONE}, (min-width: 72rem) 41rem, (min-width: 56rem) 56vw, 94vw`,
  list: `${SHARP_PHONE}, (min-width: 72rem) 22rem, (min-width: 52rem) 31vw, 94vw`,
};

export function Picture({ t, picture, isFirst = false, place = "article" }: PictureProps) {
  const { src, alt, caption, credit, width, height } = picture;
  const small = smallPicturePath(picture);
  return (
    <figure className="picture">
      {src ? (
        // biome-ignore lint/performance/noImgElement: next/image writes inline styles, which the page's policy refuses
        <img
          src={src}
          srcSet={small ? `${small} ${SMALL_WIDTH_PX}w, ${src} ${width}w` : undefined}
          sizes={small ? SIZES[place] : undefined}
          alt={alt}
          width={width}
          height={height}
          fetchPriority={isFirst ? "high" : undefined}
          loading={isFirst ? undefined : "lazy"}
          decoding="async"
        />
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
