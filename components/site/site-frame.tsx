import type { ReactNode } from "react";
import { translator } from "@/content/messages";
import { publication } from "@/publication";
import { Footer } from "./footer";
import { Masthead, type SiteSection } from "./masthead";

type SiteFrameProps = {
  locale: string;
  current?: SiteSection;
  hasNewsroomLink?: boolean;
  /** The page's path in the default language. Set it only for a page that exists in every language. */
  path?: string;
  children: ReactNode;
};

export function SiteFrame({ locale, current, hasNewsroomLink = false, path, children }: SiteFrameProps) {
  const t = translator(locale);
  return (
    <div className="frame">
      <a className="skip-link" href="#main">
        {t("site.skip")}
      </a>
      <Masthead t={t} current={current} publication={publication} hasNewsroomLink={hasNewsroomLink} />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Footer t={t} publication={publication} path={path} />
    </div>
  );
}
