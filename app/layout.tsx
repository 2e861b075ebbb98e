// This layout is rendered for each request, so that every script has the nonce of the Content-Security-Policy.
import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { type ErrorPageText, ErrorPageTextProvider } from "@/components/site/error-page-text";
import { SiteFrame } from "@/components/site/site-frame";
import { META_THEME_COLORS } from "@/components/site/theme-colors";
import { translator } from "@/content/messages";
import { directionOf } from "@/domain/direction";
import { publication } from "@/publication";
import { showsNewsroomLink } from "@/systems/auth/signed-in-user";
import { siteUrl } from "@/systems/env";
import { pageLanguage } from "@/systems/page-language";
import "@/components/style/site.css";

export const metadata: Metadata = {
  metadataBase: new URL(siteUrl()),
  title: { default: publication.name, template: `%s · ${publication.name}` },
  robots: { index: false },
  icons: {
    icon: [
      { url: "/favicon.ico", sizes: "32x32" },
      { url: "/icon.svg", type: "image/svg+xml" },
    ],
    apple: "/apple-touch-icon.png",
  },
};

export const viewport: Viewport = { themeColor: META_THEME_COLORS };

export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection();
  const locale = await pageLanguage();
  return (
    <html lang={locale} dir={directionOf(locale)} className="fonts own-fonts">
      <body>
        <ErrorPageTextProvider words={errorPageText(locale)}>
          <SiteFrame locale={locale} hasNewsroomLink={await showsNewsroomLink()}>
            {children}
          </SiteFrame>
        </ErrorPageTextProvider>
      </body>
    </html>
  );
}

function errorPageText(locale: string): ErrorPageText {
  const t = translator(locale);
  return { title: t("error.failed-title"), text: t("error.failed-text"), retryLabel: t("error.again") };
}
