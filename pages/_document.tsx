// The HTML document of the reader pages. Its one script is our own, small and optional (components/browser). What the script must know of
// the live appeal and of the site's risk is the same for every reader.
import NextDocument, { type DocumentContext, Head, Html, Main, NextScript } from "next/document";
import { mannersAttribute } from "@/components/appeal/manners-attribute";
import { directionOf } from "@/components/site/direction";
import { publication } from "@/publication";
import { getAppealFor } from "@/systems/appeals/reader-appeal";
import { env } from "@/systems/env";

type ForScript = { "data-manners"?: string; "data-neutral"?: string };

export default function Document({ forScript }: { forScript: ForScript }) {
  const locale = publication.defaultLanguage;
  return (
    <Html lang={locale} dir={directionOf(locale)} {...forScript}>
      <Head>
        <link rel="icon" href="/favicon.ico" sizes="32x32" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        <link rel="alternate" type="application/rss+xml" title={publication.name} href="/feed.xml" />
        <script src={scriptPath(process.env.READER_SCRIPT_VERSION)} defer />
      </Head>
      <body>
        <Main />
        <NextScript />
      </body>
    </Html>
  );
}

Document.getInitialProps = async (context: DocumentContext) => {
  const initial = await NextDocument.getInitialProps(context);
  // The build draws the error page, without a request and without a ledger.
  return { ...initial, forScript: context.req ? await forScript() : {} };
};

async function forScript(): Promise<ForScript> {
  const { manners } = await getAppealFor(publication.defaultLanguage);
  return { "data-manners": mannersAttribute(manners), "data-neutral": env().OUTLET_RISK === "high" ? "" : undefined };
}

/** The version is in the path, because some caches ignore queries. Development has no version. */
function scriptPath(version: string | undefined): string {
  return version ? `/reader-${version}.js` : "/reader.js";
}
