// The HTML document of reader pages. It contains the inline script, and in an article also the styles of the first
// screen (systems/http/inlined.mjs).
import NextDocument, { type DocumentContext, type DocumentProps, Head, Html, Main, NextScript } from "next/document";
import { Children, cloneElement, isValidElement } from "react";
import { directionOf } from "@/domain/direction";
import { localizedPath, offeredLanguage } from "@/domain/languages";
import { publication } from "@/publication";
import { type AppealScriptAttributes, findAppealScriptAttributes } from "@/systems/appeals/for-script";
import { CRITICAL_STYLES, INLINE_SCRIPT_CODE } from "@/systems/http/inlined.mjs";

const ERROR_PAGE = /^\/(?:_error|404|500)$/;
/**
 * The path of the page that contains Stripe's script. The head of this page does not link to the feed. The link's title
 * contains the publication's name, which Stripe's script could read.
 */
const PAYMENT_PAGE = "/give/pay";

export default function Document({ forScript, __NEXT_DATA__ }: DocumentProps & { forScript: AppealScriptAttributes }) {
  const { locale: wanted, lateStyles } = __NEXT_DATA__.props.pageProps ?? {};
  const locale = offeredLanguage(wanted, publication);
  const DocumentHead = lateStyles ? HeadWithFirstStyles : Head;
  return (
    <Html lang={locale} dir={directionOf(locale)} {...forScript}>
      <DocumentHead>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        <link rel="manifest" href="/manifest.webmanifest" />
        {__NEXT_DATA__.page === PAYMENT_PAGE ? null : (
          <link
            rel="alternate"
            type="application/rss+xml"
            title={publication.name}
            href={localizedPath(locale, "/feed.xml", publication)}
          />
        )}
      </DocumentHead>
      <body>
        <Main />
        <NextScript />
        {/** biome-ignore lint/security/noDangerouslySetInnerHtml: the build's own script, which React would escape */}
        <script dangerouslySetInnerHTML={{ __html: INLINE_SCRIPT_CODE }} />
      </body>
    </Html>
  );
}

/**
 * Writes the first styles into the page itself, where Next would link to a stylesheet. Leaves out Next's hint for
 * fonts, with which the browser would open a second connection. Also removes attributes that only Next's scripts need,
 * because they do not run on this page.
 */
class HeadWithFirstStyles extends Head {
  override render() {
    const head = super.render();
    const children = Children.toArray(head.props.children).filter(isValidElement<object>);
    const ownChildren = children.filter(({ props }) => !("data-next-font" in props || "data-n-css" in props));
    return cloneElement(
      head,
      {},
      ...ownChildren.map((child) => cloneElement(child, { "data-next-head": undefined } as object)),
    );
  }

  override getCssLinks() {
    // biome-ignore lint/security/noDangerouslySetInnerHtml: CSS of the build, which React would escape; it contains no "<"
    return [<style key="first" dangerouslySetInnerHTML={{ __html: CRITICAL_STYLES }} />];
  }
}

Document.getInitialProps = async (context: DocumentContext) => {
  const initial = await NextDocument.getInitialProps(context);
  // Error pages get no attributes: they show no appeal and store nothing, and the build renders them without settings
  // or a database.
  return { ...initial, forScript: ERROR_PAGE.test(context.pathname) ? {} : await findAppealScriptAttributes() };
};
