// Offers the reader, after a gift, a link back to the article and ways to share it. Sharing uses the reader's own mail
// program, share dialog and clipboard, and no third party. The shared text does not mention the gift.
import { translator } from "@/content/messages";
import { Button } from "../ui/button";

export type AfterGivingProps = {
  locale: string;
  /**
   * The page that the reader can go back to and share. It is the article from which the gift came. It is the front page
   * if the gift came from no article, or if this device made no recent gift.
   */
  returnTo: { headline: string; path: string; isArticle: boolean };
  /** Such as `https://news.example`, without a trailing slash. */
  site: string;
  /**
   * False if this device did not give lately. Also false if the setting OUTLET_RISK is `high`, because sharing right
   * after a gift could reveal that gift.
   */
  offersSharing: boolean;
};

export function AfterGiving({ locale, returnTo, site, offersSharing }: AfterGivingProps) {
  const t = translator(locale);
  const address = site + returnTo.path;
  // URLSearchParams would encode spaces as plus signs, which mail programs display.
  const mail = `mailto:?subject=${encodeURIComponent(returnTo.headline)}&body=${encodeURIComponent(address)}`;
  return (
    <aside className="page page-narrow thanks-after" aria-labelledby="after">
      <h2 id="after">{t(returnTo.isArticle ? "thanks.after.back-title" : "thanks.after.read-title")}</h2>
      <p className="thanks-after-headline">
        <a href={returnTo.path}>{returnTo.headline}</a>
      </p>
      {offersSharing ? (
        <div className="thanks-share" data-share={address} data-title={returnTo.headline}>
          <p>
            {t("thanks.after.share")} <a href={mail}>{t("thanks.after.mail")}</a>
          </p>
          <p className="thanks-after-address">{address}</p>
          <div className="thanks-share-ways">
            <Button type="button" kind="quiet" data-share-sheet="" hidden>
              {t("thanks.after.sheet")}
            </Button>
            <Button type="button" kind="quiet" data-share-copy="" data-done={t("thanks.after.copied")} hidden>
              {t("thanks.after.copy")}
            </Button>
          </div>
        </div>
      ) : null}
    </aside>
  );
}
