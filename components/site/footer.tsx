// The button "Show the appeal again" is hidden until the browser script finds a banner on the page.
import type { Translate } from "@/content/messages";
import type { Publication } from "@/domain/publication";
import { OtherLanguages } from "./other-languages";
import { pathInLanguage, pathWithLanguageQuery } from "./own-path";

/**
 * `path`: the current page's path in the default language, for the links to its other languages. Omit it for a page
 * that does not exist in every language: the links then lead to the front page.
 */
type FooterProps = { t: Translate; publication: Publication; path?: string };

export function Footer({ t, publication, path = "/" }: FooterProps) {
  return (
    <footer className="footer">
      <div className="footer-row">
        <p className="footer-name">{publication.name}</p>
        <nav className="footer-nav" aria-label={t("site.footer.label")}>
          <a href={pathInLanguage(t, "/give")}>{t("site.footer.give", { name: publication.name })}</a>
          <button className="footer-button" type="button" data-appeal-again="" hidden>
            {t("site.footer.appeal")}
          </button>
          <a href={pathWithLanguageQuery(t, "/supporters")}>{t("site.footer.manage")}</a>
          <a href={pathInLanguage(t, "/about-your-gift")}>{t("site.footer.about")}</a>
          {publication.publishesIncome ? <a href={pathInLanguage(t, "/income")}>{t("site.footer.income")}</a> : null}
          <a href={pathInLanguage(t, "/feed.xml")}>{t("site.footer.feed")}</a>
          <a href={`mailto:${publication.contact}`}>{t("site.footer.contact")}</a>
          <OtherLanguages locale={t.locale} path={path} />
        </nav>
        <p className="footer-note">{t("site.footer.privacy")}</p>
      </div>
    </footer>
  );
}
