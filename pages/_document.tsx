// The HTML document of the public pages. They run only our own small, optional script (components/browser), not Next's.
import NextDocument, { type DocumentContext, type DocumentProps, Head, Html, Main, NextScript } from "next/document";
import { directionOf } from "@/domain/direction";
import { localizedPath, offeredLanguage } from "@/domain/languages";
import { publication } from "@/publication";
import { findScriptAttributes, type ScriptAttributes } from "@/systems/appeals/for-script";

const ERROR_PAGE = /^\/(?:_error|404|500)$/;

export default function Document({ forScript, __NEXT_DATA__ }: DocumentProps & { forScript: ScriptAttributes }) {
  const locale = offeredLanguage(__NEXT_DATA__.props.pageProps?.locale, publication);
  return (
    <Html lang={locale} dir={directionOf(locale)} {...forScript}>
      <Head>
        <link rel="icon" href="/favicon.ico" sizes="32x32" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link
          rel="alternate"
          type="application/rss+xml"
          title={publication.name}
          href={localizedPath(locale, "/feed.xml", publication)}
        />
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
  // Error pages get no attributes: they show no appeal and store nothing, and the build renders them without settings or a
  // database.
  return { ...initial, forScript: ERROR_PAGE.test(context.pathname) ? {} : await findScriptAttributes() };
};

/** The version is in the path, because some caches ignore queries. In development there is no version. */
function scriptPath(version: string | undefined): string {
  return version ? `/reader-${version}.js` : "/reader.js";
}
