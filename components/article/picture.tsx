// A picture with its caption and credit. A caption may also come alone, where the picture itself was not kept.
import type { Translate } from "@/content/messages";
import type { Picture as PictureFacts } from "@/domain/articles/article";

type PictureProps = { t: Translate; picture: PictureFacts; isFirst?: boolean };

export function Picture({ t, picture, isFirst = false }: PictureProps) {
  const { src, alt, caption, credit, width, height } = picture;
  return (
    <figure className="picture">
      {src ? (
        // biome-ignore lint/performance/noImgElement: next/image writes inline styles, which the page's policy refuses
        <img
          src={src}
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
