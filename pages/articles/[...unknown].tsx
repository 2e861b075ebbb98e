// An address under /articles that no article has. Without this page Next would answer with the App Router's not-found page,
// whose inline scripts the reader pages' content policy refuses.
import type { GetServerSideProps, PageConfig } from "next";
import Head from "next/head";
import { NotFoundView } from "@/components/site/not-found-view";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import { publication } from "@/publication";

export const config: PageConfig = { unstable_runtimeJS: false };

export const getServerSideProps: GetServerSideProps = async ({ res }) => {
  res.statusCode = 404;
  // Articles may be kept by any cache; that one is missing may not, since tomorrow it may be published.
  res.setHeader("Cache-Control", "private, no-cache, no-store, max-age=0, must-revalidate");
  return { props: {} };
};

export default function UnknownArticle() {
  const locale = publication.defaultLanguage;
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
