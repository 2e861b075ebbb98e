// Uses GET, so that the URL contains the whole view.
import { Button } from "@/components/ui/button";
import type { Translate } from "@/content/messages";
import { addMonths } from "@/domain/calendar";
import {
  type RecurringGiftsPageChoices,
  recurringViewQuery,
  SHOWN_MONTHS_CHOICES,
} from "@/domain/newsroom/recurring-view";
import { SelectField, ViewCurrencyChoice } from "../select-field";

type RecurringViewFormProps = {
  t: Translate;
  view: RecurringGiftsPageChoices;
  today: string;
  currencies: readonly string[];
  /** Sums of several currencies are converted to this one. */
  commonCurrency: string;
};

export function RecurringViewForm({ t, view, today, currencies, commonCurrency }: RecurringViewFormProps) {
  return (
    <form className="income-view" method="get" action="/newsroom/recurring" aria-label={t("income.form")}>
      <input type="hidden" name="until" value={view.until} />
      <SelectField
        name="months"
        label={t("renewals.months")}
        chosen={String(view.months)}
        options={SHOWN_MONTHS_CHOICES.map((count) => [String(count), t("renewals.months.count", { count })])}
      />
      <ViewCurrencyChoice {...{ t, currencies, commonCurrency }} chosen={view.currency} />
      <Button kind="quiet">{t("income.show")}</Button>
      <Steps t={t} view={view} thisMonth={today.slice(0, 7)} />
    </form>
  );
}

function Steps({ t, view, thisMonth }: { t: Translate; view: RecurringGiftsPageChoices; thisMonth: string }) {
  const moved = (months: number) => addMonths(`${view.until}-01`, months).slice(0, 7);
  const later = moved(view.months);
  return (
    <p className="income-steps">
      <a href={pathOf({ ...view, until: moved(-view.months) })}>{t("income.earlier")}</a>
      {view.until < thisMonth ? (
        <>
          <a href={pathOf({ ...view, until: later < thisMonth ? later : thisMonth })}>{t("income.later")}</a>
          <a href={pathOf({ ...view, until: thisMonth })}>{t("income.today")}</a>
        </>
      ) : null}
    </p>
  );
}

function pathOf(view: RecurringGiftsPageChoices): string {
  return `/newsroom/recurring?${recurringViewQuery(view)}`;
}
