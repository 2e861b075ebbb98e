// The end of the thank-you page: a link back to the article, and the article's address for sharing. Sharing uses the reader's own
// mail program and no third party.
import { translator } from "@/content/messages";

export type AfterGivingProps = {
  locale: string;
  /** The article that the reader gave on; otherwise the front page. */
  reading: { headline: string; path: string; isArticle: boolean };
  /** `https://news.example`, without a trailing slash. */
  site: string;
};

export function AfterGiving({ locale, reading, site }: AfterGivingProps) {
  const t = translator(locale);
  const address = site + reading.path;
  // URLSearchParams would write spaces as plus signs, and mail programs would show them.
  const mail = `mailto:?subject=${encodeURIComponent(reading.headline)}&body=${encodeURIComponent(address)}`;
  return (
    <aside className="page page-narrow thanks-after" aria-labelledby="after">
      <h2 id="after">{t(reading.isArticle ? "thanks.after.back-title" : "thanks.after.read-title")}</h2>
      <p className="thanks-after-headline">
        <a href={reading.path}>{reading.headline}</a>
      </p>
      <p>
        {t("thanks.after.share")} <a href={mail}>{t("thanks.after.mail")}</a>
      </p>
      <p className="thanks-after-address">{address}</p>
    </aside>
  );
}
