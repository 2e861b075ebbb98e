// Recurring gifts: what they are worth, which renewals failed, and why gifts ended.
import { translator } from "@/content/messages";
import type { RecurringFigures } from "@/domain/newsroom/figures";
import type { OnFailure } from "@/domain/newsroom/part";
import { partDrawer } from "./draw-part";
import { Endings } from "./endings";
import { FailedRenewals } from "./failed-renewals";
import { NewsroomPage } from "./newsroom-page";
import { RecurringGifts } from "./recurring-gifts";

type RecurringScreenProps = { locale: string; figures: RecurringFigures; timeZone: string; onFailure: OnFailure };

export function RecurringScreen({ locale, figures, timeZone, onFailure }: RecurringScreenProps) {
  const t = translator(locale);
  const { now, recurring, failedRenewals, endings } = figures;
  const drawPart = partDrawer({ t, onFailure });
  return (
    <NewsroomPage locale={locale} section="recurring" now={now} timeZone={timeZone}>
      {drawPart({ name: "recurring", title: t("newsroom.recurring.title") }, recurring, (values) => (
        <RecurringGifts t={t} values={values} />
      ))}
      {drawPart({ name: "failed-renewals", title: t("newsroom.failed.title") }, failedRenewals, (renewals) => (
        <FailedRenewals t={t} renewals={renewals} timeZone={timeZone} />
      ))}
      {drawPart({ name: "endings", title: t("newsroom.endings.title") }, endings, (value) => (
        <Endings t={t} endings={value} />
      ))}
    </NewsroomPage>
  );
}
