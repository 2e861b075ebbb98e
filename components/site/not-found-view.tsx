import { PlainPage } from "@/components/site/plain-page";
import { translator } from "@/content/messages";
import { NotFoundIllustration } from "./not-found-illustration";
import { pathInLanguage } from "./own-path";

export function NotFoundView({ locale }: { locale: string }) {
  const t = translator(locale);
  return (
    <PlainPage title={t("error.not-found-title")} illustration={<NotFoundIllustration />}>
      <p>{t("error.not-found-text")}</p>
      <p>
        <a href={pathInLanguage(t, "/")}>{t("error.to-articles")}</a>
      </p>
    </PlainPage>
  );
}
