import { translator } from "@/content/messages";
import type { DayRangeRefusal } from "@/domain/newsroom/exports/payments";
import type { DayRange } from "@/domain/newsroom/periods";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { NewsroomPage } from "../newsroom-page";

type ExportsScreenProps = {
  locale: string;
  now: Date;
  timeZone: string;
  days: DayRange;
  rowCount: number;
  refusal: DayRangeRefusal | null;
};

export function ExportsScreen({ locale, now, timeZone, days, rowCount, refusal }: ExportsScreenProps) {
  const t = translator(locale);
  const error = refusal ? t(`exports.refused.${refusal}`) : undefined;
  return (
    <NewsroomPage locale={locale} section="exports" now={now} timeZone={timeZone}>
      <section className="newsroom-part" aria-labelledby="export-payments">
        <h2 id="export-payments">{t("exports.payments.title")}</h2>
        <p className="newsroom-note">{t("exports.payments.note")}</p>
        <form className="export-days" method="get" action="/newsroom/exports">
          <Field id="from" name="from" type="date" label={t("exports.from")} defaultValue={days.from} required />
          <Field id="to" name="to" type="date" label={t("exports.to")} defaultValue={days.to} error={error} required />
          <Button kind="quiet">{t("exports.count")}</Button>
        </form>
        {refusal ? null : (
          <form className="export-file" method="post" action="/newsroom/exports/payments">
            <input type="hidden" name="from" value={days.from} />
            <input type="hidden" name="to" value={days.to} />
            <p>
              {t("exports.rows", { rows: rowCount, from: dayText(locale, days.from), to: dayText(locale, days.to) })}
            </p>
            {rowCount > 0 ? <Button>{t("exports.download")}</Button> : null}
          </form>
        )}
      </section>
    </NewsroomPage>
  );
}

function dayText(locale: string, day: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${day}T12:00:00Z`));
}
