import { GOAL_CURRENCY_SCOPES } from "@/domain/appeal/goal";
import { currenciesOf } from "@/domain/publication";
import { currencyName } from "../../giving/currency-choice";
import { Field } from "../../ui/field";
import type { AppealFieldsProps } from "./fields-props";

export function GoalFields({ t, fields, errorOf, context }: AppealFieldsProps) {
  const currencies = currenciesOf(context.publication);
  const day = (name: "from" | "until") => (
    <Field
      id={name}
      name={name}
      type="date"
      label={t(`appeals.goal.${name}`)}
      defaultValue={fields[name] ?? ""}
      error={errorOf(name)}
    />
  );
  return (
    <>
      <p className="newsroom-note">{t("appeals.goal.note")}</p>
      <Field
        id="amount"
        name="amount"
        label={t("appeals.goal.amount")}
        hint={t("appeals.goal.amount-hint")}
        inputMode="decimal"
        defaultValue={fields.amount ?? ""}
        error={errorOf("amount")}
        autoComplete="off"
      />
      <div className="field">
        <label className="field-label" htmlFor="currency">
          {t("appeals.goal.currency")}
        </label>
        <select
          className="select"
          id="currency"
          name="currency"
          aria-describedby={errorOf("currency") ? "currency-error" : undefined}
          defaultValue={fields.currency ?? currencies[0]}
        >
          {currencies.map((currency) => (
            <option key={currency} value={currency}>
              {currencyName(currency, t.locale)}
            </option>
          ))}
        </select>
        {errorOf("currency") ? (
          <p className="field-error" id="currency-error">
            {errorOf("currency")}
          </p>
        ) : null}
      </div>
      <fieldset className="appeal-group">
        <legend>{t("appeals.goal.counts")}</legend>
        {GOAL_CURRENCY_SCOPES.map((counts) => (
          <label className="appeal-tick" key={counts}>
            <input
              type="radio"
              name="counts"
              value={counts}
              defaultChecked={counts === (fields.counts ?? "currency")}
            />
            <span>{t(`appeals.goal.counts.${counts}`)}</span>
          </label>
        ))}
      </fieldset>
      {day("from")}
      {day("until")}
    </>
  );
}
