import type { Translate } from "@/content/messages";
import { mottoIn, type Publication } from "@/domain/publication";
import { pathInLanguage, pathWithLanguageQuery } from "./own-path";

export type SiteSection = "front" | "article" | "give" | "supporters" | "newsroom";

type MastheadProps = { t: Translate; current?: SiteSection; publication: Publication; hasNewsroomLink?: boolean };

export function Masthead({ t, current, publication, hasNewsroomLink = false }: MastheadProps) {
  const isFront = current === "front";
  return (
    <header className={isFront ? "masthead masthead-front" : "masthead"}>
      <div className="masthead-row">
        {isFront ? <p className="masthead-ear">{mottoIn(t.locale, publication)}</p> : null}
        <a
          className="masthead-name"
          href={pathInLanguage(t, "/")}
          aria-label={t("site.home", { name: publication.name })}
        >
          {publication.name}
        </a>
        <nav className="masthead-nav" aria-label={t("site.nav")}>
          {hasNewsroomLink ? <a href="/newsroom">{t("site.nav.newsroom")}</a> : null}
          <a
            href={pathWithLanguageQuery(t, "/supporters")}
            aria-current={current === "supporters" ? "page" : undefined}
          >
            {t("site.nav.supporters")}
          </a>
          <a
            className="masthead-give"
            href={pathInLanguage(t, "/give")}
            aria-current={current === "give" ? "page" : undefined}
          >
            {t("site.nav.give")}
          </a>
        </nav>
      </div>
    </header>
  );
}
