import type { Translate } from "@/content/messages";
import { epochDayOf, HOLD_OUT_ARM } from "@/domain/appeal/experiment";
import {
  type ExperimentPlanField,
  type ExperimentPlanFormContext,
  formatEpochDay,
  MAX_DAYS_UNTIL_LAST_JOIN_DAY,
  type ExperimentPlanFormValues as PlanFormValues,
} from "@/domain/appeal/plan-form";
import { currenciesOf } from "@/domain/publication";
import { currencyName } from "../../giving/currency-choice";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Notice } from "../../ui/notice";

export type PlanFormProps = {
  t: Translate;
  id: string;
  form: PlanFormValues;
  refused: readonly ExperimentPlanField[];
  context: ExperimentPlanFormContext;
  /**
   * True on the page for a new plan. If the server refuses this form, it redirects back to that page, and not to the
   * page of an experiment.
   */
  isNew: boolean;
};

export function ExperimentPlanForm(props: PlanFormProps) {
  const { t, id, form, refused, context, isNew } = props;
  return (
    <form className="plan-form" method="post" action={`/newsroom/experiments/${id}/plan`}>
      {refused.length > 0 ? <Notice kind="bad" title={t("experiments.refused.title")} /> : null}
      {isNew ? <input type="hidden" name="new" value="yes" /> : null}
      <Field
        {...fieldOf(props, "name")}
        label={t("experiments.form.name")}
        hint={t("experiments.form.name-hint")}
        defaultValue={form.name}
        maxLength={80}
      />
      <SharesField {...props} />
      <MoneyFields {...props} />
      <Field
        {...fieldOf(props, "readers")}
        label={t("experiments.form.readers")}
        hint={t("experiments.form.readers-hint")}
        defaultValue={form.readers}
        inputMode="numeric"
      />
      <Field
        {...fieldOf(props, "lastDay")}
        name="last-day"
        type="date"
        label={t("experiments.form.last-day")}
        hint={t("experiments.form.last-day-hint", { days: MAX_DAYS_UNTIL_LAST_JOIN_DAY })}
        defaultValue={form.lastDay}
        min={formatEpochDay(epochDayOf(context.now))}
        max={formatEpochDay(epochDayOf(context.now) + MAX_DAYS_UNTIL_LAST_JOIN_DAY)}
      />
      <Button kind={isNew ? "primary" : "quiet"}>{t("experiments.form.save")}</Button>
    </form>
  );
}

function SharesField({ t, form, refused, context }: PlanFormProps) {
  const error = refused.includes("shares") ? t("experiments.refused.shares") : null;
  return (
    <fieldset className="plan-group" aria-describedby={error ? "shares-hint shares-error" : "shares-hint"}>
      <legend className="field-label">{t("experiments.form.shares")}</legend>
      <p className="field-hint" id="shares-hint">
        {t("experiments.form.shares-hint")}
      </p>
      <div className="plan-row">
        {[...context.variants, HOLD_OUT_ARM].map((arm) => (
          <Field
            key={arm}
            id={`share-${arm}`}
            name={`share-${arm}`}
            label={
              arm === HOLD_OUT_ARM
                ? t("experiments.form.share.hold-out")
                : t("experiments.form.share.variant", { variant: arm.toUpperCase() })
            }
            prefix="%"
            defaultValue={form.shares[arm]}
            inputMode="numeric"
            autoComplete="off"
          />
        ))}
      </div>
      {error ? (
        <p className="field-error" id="shares-error">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

function MoneyFields(props: PlanFormProps) {
  const { t, form, context } = props;
  const currencies = currenciesOf(context.publication);
  return (
    <>
      <div className="field" hidden={currencies.length === 1}>
        <label className="field-label" htmlFor="currency">
          {t("experiments.form.currency")}
        </label>
        <select className="select" id="currency" name="currency" defaultValue={form.currency}>
          {currencies.map((currency) => (
            <option key={currency} value={currency}>
              {currencyName(currency, t.locale)}
            </option>
          ))}
        </select>
      </div>
      {currencies.length > 1 ? <RatesField {...props} /> : null}
      <Field
        {...fieldOf(props, "cap")}
        label={t("experiments.form.cap")}
        hint={t("experiments.form.cap-hint")}
        defaultValue={form.cap}
        inputMode="decimal"
      />
      <Field
        {...fieldOf(props, "effect")}
        label={t("experiments.form.effect")}
        hint={t("experiments.form.effect-hint")}
        defaultValue={form.effect}
        inputMode="decimal"
      />
    </>
  );
}

function RatesField({ t, form, refused, context }: PlanFormProps) {
  const error = refused.includes("rates") ? t("experiments.refused.rates") : null;
  return (
    <fieldset className="plan-group" aria-describedby={error ? "rates-hint rates-error" : "rates-hint"}>
      <legend className="field-label">{t("experiments.form.rates")}</legend>
      <p className="field-hint" id="rates-hint">
        {t("experiments.form.rates-hint")}
      </p>
      <div className="plan-row">
        {currenciesOf(context.publication).map((currency) => (
          <Field
            key={currency}
            id={`rate-${currency}`}
            name={`rate-${currency}`}
            label={t("experiments.form.rate", { currency })}
            defaultValue={form.rates[currency]}
            inputMode="decimal"
            autoComplete="off"
          />
        ))}
      </div>
      {error ? (
        <p className="field-error" id="rates-error">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

type SimpleField = Exclude<ExperimentPlanField, "shares" | "rates">;

function fieldOf({ t, refused }: PlanFormProps, field: SimpleField) {
  const words = { name: "name", cap: "cap", effect: "effect", readers: "readers", lastDay: "last-day" } as const;
  const error = refused.includes(field)
    ? t(`experiments.refused.${words[field]}`, { days: MAX_DAYS_UNTIL_LAST_JOIN_DAY })
    : undefined;
  return { id: words[field], name: field as string, autoComplete: "off", error };
}
