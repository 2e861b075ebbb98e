// The build renders this error page, so that it depends on nothing that can fail. It cannot know the reader's language,
// so it shows its text in each language.
import type { PageConfig } from "next";
import Head from "next/head";
import { pathInLanguage } from "@/components/site/own-path";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import { directionOf } from "@/domain/direction";
import { nonDefaultLanguages } from "@/domain/languages";
import { publication } from "@/publication";

export const config: PageConfig = { unstable_runtimeJS: false };

export default function ServerErrorPage() {
  const locale = publication.defaultLanguage;
  return (
    <SiteFrame locale={locale}>
      <Head>
        <title>{translator(locale)("error.failed-title")}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </Head>
      <div className="page page-narrow plain-page">
        <h1>{translator(locale)("error.failed-title")}</h1>
        <Words locale={locale} />
        {nonDefaultLanguages(publication).map((language) => (
          <section key={language} lang={language} dir={directionOf(language)}>
            <h2>{translator(language)("error.failed-title")}</h2>
            <Words locale={language} />
          </section>
        ))}
      </div>
    </SiteFrame>
  );
}

function Words({ locale }: { locale: string }) {
  const t = translator(locale);
  return (
    <>
      <p>{t("error.failed-text")}</p>
      <p>
        <a href={pathInLanguage(t, "/")}>{t("error.to-articles")}</a>
      </p>
    </>
  );
}
