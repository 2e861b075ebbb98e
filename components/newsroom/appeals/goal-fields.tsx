// The goal, and the days between which the ledger counts for its ticker.
import { currenciesOf } from "@/domain/publication";
import { currencyName } from "../../giving/currency-choice";
import { Field } from "../../ui/field";
import type { FieldsProps } from "./part-screen";

export function GoalFields({ t, fields, errorOf, context }: FieldsProps) {
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
        <select className="select" id="currency" name="currency" defaultValue={fields.currency ?? currencies[0]}>
          {currencies.map((currency) => (
            <option key={currency} value={currency}>
              {currencyName(currency, t.locale)}
            </option>
          ))}
        </select>
      </div>
      {day("from")}
      {day("until")}
    </>
  );
}
