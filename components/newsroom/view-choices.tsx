// The choices of a page's view: lists that a form sends by GET, so that the address holds the whole view.
import type { Translate } from "@/content/messages";

type ChoiceProps = { name: string; label: string; chosen: string; options: readonly (readonly [string, string])[] };

export function Choice({ name, label, chosen, options }: ChoiceProps) {
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

/** `currencies`: those that gifts came in. `inOne`: the currency of sums over all currencies. */
type CurrencyChoiceProps = { t: Translate; chosen: string | null; currencies: readonly string[]; inOne: string };

export function CurrencyChoice({ t, chosen, currencies, inOne }: CurrencyChoiceProps) {
  // A link may name a currency in which nothing has come yet.
  const named = [...new Set([...currencies, ...(chosen ? [chosen] : [])])];
  const all: [string, string] = ["all", t("income.currency.all", { currency: inOne })];
  return (
    <Choice
      name="currency"
      label={t("income.currency")}
      chosen={chosen ?? "all"}
      options={[all, ...named.map((each): [string, string] => [each, each])]}
    />
  );
}
