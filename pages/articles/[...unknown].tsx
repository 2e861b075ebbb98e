// The page for unknown addresses under /articles. Without it Next would show the App Router's not-found page, whose inline scripts
// the content policy of the reader pages refuses.
import type { GetServerSideProps, PageConfig } from "next";
import Head from "next/head";
import { NotFoundView } from "@/components/site/not-found-view";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import { publication } from "@/publication";

export const config: PageConfig = { unstable_runtimeJS: false };

export const getServerSideProps: GetServerSideProps = async ({ res }) => {
  res.statusCode = 404;
  // A cache may keep articles, but not the answer that one is missing: it may be published tomorrow.
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
