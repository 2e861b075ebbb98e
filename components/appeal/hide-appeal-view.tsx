// Contains two paragraphs. At first only the second is visible. When the script components/browser/hide-appeal.ts has
// hidden the appeal on this device, it shows the first paragraph and hides the second.
import { translator } from "@/content/messages";
import type { Manners } from "@/domain/appeal/manners";
import { pathInLanguage } from "../site/own-path";

export function AppealHiddenView({ locale, manners }: { locale: string; manners: Manners }) {
  const t = translator(locale);
  return (
    <div className="page page-narrow plain-page" data-quiet="">
      <h1>{t("appeal.quiet.title")}</h1>
      <p data-quiet-done="" hidden>
        {t("appeal.quiet.done", { days: manners.quietDaysAfter["not-now"] })}
      </p>
      <p data-quiet-unneeded="">{t("appeal.quiet.unneeded")}</p>
      <a href={pathInLanguage(t, "/")}>{t("appeal.quiet.home")}</a>
    </div>
  );
}
