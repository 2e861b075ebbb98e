// Uses GET, so that the URL contains the whole view.
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { Translate } from "@/content/messages";
import { addDays } from "@/domain/calendar";
import {
  INCOME_COMPARISONS,
  type IncomeView,
  type IncomeViewWithRefusedDay,
  incomeViewUrlQuery,
} from "@/domain/newsroom/income-view";
import { PERIOD_UNITS, periodContainingDay } from "@/domain/newsroom/periods";
import { SelectField, ViewCurrencyChoice } from "../select-field";

type IncomeViewFormProps = IncomeViewWithRefusedDay & {
  t: Translate;
  today: string;
  currencies: readonly string[];
  /** Sums of several currencies are converted to this one. */
  commonCurrency: string;
};

export function IncomeViewForm({ t, view, refusedDay, today, currencies, commonCurrency }: IncomeViewFormProps) {
  const error = refusedDay === null ? undefined : t("income.until.refused", { typed: refusedDay, today });
  return (
    <form className="income-view" method="get" action="/newsroom/income" aria-label={t("income.form")}>
      <SelectField
        name="step"
        label={t("income.step")}
        chosen={view.step}
        options={PERIOD_UNITS.map((step) => [step, t(`income.step.${step}`)])}
      />
      <Field
        id="until"
        name="until"
        // After a refusal, uses a text field, which keeps what was typed. A browser would empty a date field whose
        // value is not a date.
        type={error ? "text" : "date"}
        max={error ? undefined : today}
        label={t("income.until")}
        defaultValue={refusedDay ?? view.until}
        error={error}
      />
      <SelectField
        name="compare"
        label={t("income.compare")}
        chosen={view.compare}
        options={INCOME_COMPARISONS.map((each) => [each, t(`income.compare.${each}`)])}
      />
      <ViewCurrencyChoice {...{ t, currencies, commonCurrency }} chosen={view.currency} />
      <Button kind="quiet">{t("income.show")}</Button>
      <Steps t={t} view={view} today={today} />
    </form>
  );
}

function Steps({ t, view, today }: { t: Translate; view: IncomeView; today: string }) {
  const { from, to } = periodContainingDay(view.step, view.until);
  const later = addDays(to, 1);
  return (
    <p className="income-steps">
      <a href={pathOf({ ...view, until: addDays(from, -1) })}>{t("income.earlier")}</a>
      {later <= today ? <a href={pathOf({ ...view, until: later })}>{t("income.later")}</a> : null}
      {later <= today ? <a href={pathOf({ ...view, until: today })}>{t("income.today")}</a> : null}
    </p>
  );
}

function pathOf(view: IncomeView): string {
  return `/newsroom/income?${incomeViewUrlQuery(view)}`;
}
