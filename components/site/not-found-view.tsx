import { PlainPage } from "@/components/site/plain-page";
import { translator } from "@/content/messages";

/** What a reader finds at an address that leads nowhere. */
export function NotFoundView({ locale }: { locale: string }) {
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
