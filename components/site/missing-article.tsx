import Head from "next/head";
import { translator } from "@/content/messages";
import { publication } from "@/publication";
import { NotFoundView } from "./not-found-view";
import { SiteFrame } from "./site-frame";

/** Shows that an article does not exist, on a page of the Pages Router (pages/). */
export function MissingArticle({ locale }: { locale: string }) {
  return (
    <>
      <Head>
        <title>{`${translator(locale)("error.not-found-title")} · ${publication.name}`}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <SiteFrame locale={locale}>
        <NotFoundView locale={locale} />
      </SiteFrame>
    </>
  );
}
