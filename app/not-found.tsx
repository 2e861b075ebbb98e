import type { Metadata } from "next";
import { PlainPage } from "@/components/site/plain-page";
import { translator } from "@/content/messages";
import { publication } from "@/publication";

const locale = publication.defaultLanguage;

export function generateMetadata(): Metadata {
  return { title: translator(locale)("error.not-found-title") };
}

export default function NotFound() {
  const t = translator(locale);
  return (
    <PlainPage title={t("error.not-found-title")}>
      <p>{t("error.not-found-text")}</p>
      <p>
        <a href="/">{t("error.to-articles")}</a>
      </p>
    </PlainPage>
  );
}
