import Head from "next/head";
import { translator } from "@/content/messages";
import { NotFoundView } from "./not-found-view";
import { SiteFrame } from "./site-frame";

/** The complete 404 page for paths under /articles. It is for the Pages Router (pages/). */
export function MissingArticle({ locale }: { locale: string }) {
  return (
    <>
      <Head>
        <title>{translator(locale)("error.not-found-title")}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <SiteFrame locale={locale}>
        <NotFoundView locale={locale} />
      </SiteFrame>
    </>
  );
}
