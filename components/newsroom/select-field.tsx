import type { Translate } from "@/content/messages";

export type SelectOption = readonly [value: string, words: string];

type SelectFieldProps = { name: string; label: string; chosen: string; options: readonly SelectOption[] };

export function SelectField({ name, label, chosen, options }: SelectFieldProps) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={name}>
        {label}
      </label>
      <select className="select" id={name} name={name} defaultValue={chosen}>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** `commonCurrency`: the currency to which sums of several currencies are converted. */
type ViewCurrencyChoiceProps = {
  t: Translate;
  chosen: string | null;
  currencies: readonly string[];
  commonCurrency: string;
};

export function ViewCurrencyChoice({ t, chosen, currencies, commonCurrency }: ViewCurrencyChoiceProps) {
  // A link can choose a currency in which no gift has been received yet.
  const named = [...new Set([...currencies, ...(chosen ? [chosen] : [])])];
  const all: SelectOption = ["all", t("income.currency.all", { currency: commonCurrency })];
  return (
    <SelectField
      name="currency"
      label={t("income.currency")}
      chosen={chosen ?? "all"}
      options={[all, ...named.map((each): SelectOption => [each, each])]}
    />
  );
}
