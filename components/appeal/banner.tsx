// Every article with an appeal contains the banner as hidden HTML. The browser script shows it. Without the script,
// readers see only the appeal at the end of the article.

import type { ReactNode } from "react";
import { translator } from "@/content/messages";
import type { LocalizedVariant } from "@/domain/appeal/localized-variant";
import type { Manners, WayToCloseBanner } from "@/domain/appeal/manners";
import { pathInLanguage, pathWithLanguageQuery } from "../site/own-path";
import { Button, LinkStyledAsButton } from "../ui/button";
import { VariantTexts } from "./variant-texts";

/**
 * `variants`: all variants of the appeal. The first one is shown if no experiment runs. `preview`: renders the banner
 * as visible, for colleagues. Without it, the banner is hidden until the script shows it.
 */
type BannerProps = {
  locale: string;
  variants: LocalizedVariant[];
  manners: Manners;
  preview?: "closed" | "open";
  children: ReactNode;
};

export function Banner({ locale, variants, manners, preview, children }: BannerProps) {
  const t = translator(locale);
  const isOpen = preview === "open";
  return (
    <section
      className={["banner", preview ? "banner-in" : "", isOpen ? "banner-open" : ""].filter(Boolean).join(" ")}
      aria-label={t("appeal.label")}
      data-banner=""
      hidden={!preview}
    >
      <div className="banner-row">
        <VariantTexts
          className="banner-words"
          variants={variants}
          render={({ banner }) => (
            <>
              <p className="banner-headline">{banner.headline}</p>
              <p className="banner-text">{banner.text}</p>
            </>
          )}
        />
        <div className="banner-ways">
          <Button type="button" data-banner-open="" aria-expanded={isOpen} aria-controls="banner-form">
            {t("appeal.banner.open")}
          </Button>
          <Button type="button" kind="quiet" {...closes("not-now")}>
            {t("appeal.banner.not-now")}
          </Button>
          {manners.quietHoursAfterLater > 0 ? (
            <Button type="button" kind="plain" {...closes("later")}>
              {t("appeal.banner.later")}
            </Button>
          ) : null}
          <Button type="button" kind="plain" {...closes("already-gave")}>
            {t("appeal.banner.already-gave")}
          </Button>
          <LinkStyledAsButton kind="plain" href={pathWithLanguageQuery(t, "/remind-me")} {...closes("reminder")}>
            {t("reminders.banner")}
          </LinkStyledAsButton>
          <LinkStyledAsButton kind="plain" href={pathInLanguage(t, "/banner-manners")}>
            {t("appeal.banner.why")}
          </LinkStyledAsButton>
        </div>
      </div>
      <div className="banner-form" id="banner-form" data-banner-form="" hidden={!isOpen}>
        {children}
      </div>
    </section>
  );
}

function closes(way: WayToCloseBanner) {
  return { "data-banner-close": way };
}
