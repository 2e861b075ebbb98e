// The HTML document of the reader pages. Its one script is our own, small and optional (components/browser).
import { Head, Html, Main, NextScript } from "next/document";
import { directionOf } from "@/components/site/direction";
import { publication } from "@/publication";

export default function Document() {
  const locale = publication.defaultLanguage;
  return (
    <Html lang={locale} dir={directionOf(locale)}>
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

/** The version is in the path, because some caches ignore queries. Development has no version. */
function scriptPath(version: string | undefined): string {
  return version ? `/reader-${version}.js` : "/reader.js";
}
