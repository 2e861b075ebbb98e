// Select fields for forms that choose what a page shows. Such a form uses GET, so that the URL contains all choices.
import type { Translate } from "@/content/messages";

type ViewChoiceProps = { name: string; label: string; chosen: string; options: readonly (readonly [string, string])[] };

export function ViewChoice({ name, label, chosen, options }: ViewChoiceProps) {
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

/** `currencies`: the currencies of the gifts received. `inOne`: the currency to which sums of several currencies are converted. */
type ViewCurrencyChoiceProps = { t: Translate; chosen: string | null; currencies: readonly string[]; inOne: string };

export function ViewCurrencyChoice({ t, chosen, currencies, inOne }: ViewCurrencyChoiceProps) {
  // Adds the chosen currency, because a link may choose one in which no gift has been received yet.
  const named = [...new Set([...currencies, ...(chosen ? [chosen] : [])])];
  const all: [string, string] = ["all", t("income.currency.all", { currency: inOne })];
  return (
    <ViewChoice
      name="currency"
      label={t("income.currency")}
      chosen={chosen ?? "all"}
      options={[all, ...named.map((each): [string, string] => [each, each])]}
    />
  );
}
