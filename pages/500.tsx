// The error page of the pages that readers see (pages/).
import type { PageConfig } from "next";
import Head from "next/head";
import { PlainPage } from "@/components/site/plain-page";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import { publication } from "@/publication";

export const config: PageConfig = { unstable_runtimeJS: false };

export default function Failed() {
  const locale = publication.defaultLanguage;
  const t = translator(locale);
  return (
    <SiteFrame locale={locale}>
      <Head>
        <title>{t("error.failed-title")}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </Head>
      <PlainPage title={t("error.failed-title")}>
        <p>{t("error.failed-text")}</p>
        <p>
          <a href="/">{t("error.to-articles")}</a>
        </p>
      </PlainPage>
    </SiteFrame>
  );
}
