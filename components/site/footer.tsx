// The foot of every page. "Show the appeal again" is hidden until reader.js finds a banner on the page.
import type { Translate } from "@/content/messages";
import type { Publication } from "@/domain/publication";

type FooterProps = { t: Translate; publication: Publication };

export function Footer({ t, publication }: FooterProps) {
  return (
    <footer className="footer">
      <div className="footer-row">
        <p className="footer-name">{publication.name}</p>
        <nav className="footer-nav" aria-label={t("site.footer.label")}>
          <a href="/give">{t("site.footer.give", { name: publication.name })}</a>
          <button className="footer-button" type="button" data-appeal-again="" hidden>
            {t("site.footer.appeal")}
          </button>
          <a href="/supporters">{t("site.footer.manage")}</a>
          <a href="/about-your-gift">{t("site.footer.about")}</a>
          {publication.publishesIncome ? <a href="/income">{t("site.footer.income")}</a> : null}
          <a href="/feed.xml">{t("site.footer.feed")}</a>
          <a href={`mailto:${publication.contact}`}>{t("site.footer.contact")}</a>
        </nav>
        <p className="footer-note">{t("site.footer.privacy")}</p>
      </div>
    </footer>
  );
}
