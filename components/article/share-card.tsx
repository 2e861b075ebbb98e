// next/og renders this card. It supports only inline styles and a part of CSS, mainly flexbox.
import type { Article } from "@/domain/articles/article";
import { SHARE_CARD_FORMAT } from "@/domain/articles/article-pictures";
import type { Publication } from "@/domain/publication";

const PAPER = "#fdfdfb";
const INK = "#17181a";
export const PICTURE_SIZE_ON_SHARE_CARD = { width: 460, height: SHARE_CARD_FORMAT.height };

type ShareCardProps = {
  article: Pick<Article, "kicker" | "headline">;
  publication: Pick<Publication, "name" | "accent">;
  /** A data URL. */
  picture: string | null;
};

export function ShareCard({ article, publication, picture }: ShareCardProps) {
  const { kicker, headline } = article;
  return (
    <div
      style={{
        display: "flex",
        width: "100%",
        height: "100%",
        background: PAPER,
        color: INK,
        fontFamily: "Serif latin",
      }}
    >
      <div style={{ display: "flex", flexDirection: "column", flex: 1, padding: "52px 56px 48px" }}>
        <div style={{ display: "flex", paddingBottom: 18, borderBottom: `2px solid ${INK}`, fontSize: 38 }}>
          {publication.name}
        </div>
        <div style={{ display: "flex", flexDirection: "column", flex: 1, justifyContent: "center" }}>
          <div style={{ display: "flex", color: publication.accent.light, fontSize: 26, paddingBottom: 14 }}>
            {kicker}
          </div>
          <div style={{ display: "block", fontSize: headlineSize(headline), lineHeight: 1.12, lineClamp: 6 }}>
            {headline}
          </div>
        </div>
        <div style={{ display: "flex", width: 72, height: 8, background: publication.accent.light }} />
      </div>
      {picture ? (
        // biome-ignore lint/performance/noImgElement: this markup becomes an image and is never sent as HTML
        <img src={picture} alt="" width={PICTURE_SIZE_ON_SHARE_CARD.width} height={PICTURE_SIZE_ON_SHARE_CARD.height} />
      ) : null}
    </div>
  );
}

/** Returns the font size in pixels. Longer headlines get a smaller one, so that they fit into six lines. */
function headlineSize(headline: string): number {
  if (headline.length <= 40) return 66;
  if (headline.length <= 80) return 56;
  return headline.length <= 120 ? 46 : 38;
}
