import type { Metadata } from "next";
import { PlainPage } from "@/components/site/plain-page";
import { translator } from "@/content/messages";
import { publication } from "@/publication";

const t = translator(publication.defaultLanguage);

export const metadata: Metadata = { title: t("error.not-found-title") };

export default function NotFound() {
  return (
    <PlainPage title={t("error.not-found-title")}>
      <p>{t("error.not-found-text")}</p>
      <p>
        <a href="/">{t("error.to-articles")}</a>
      </p>
    </PlainPage>
  );
}
