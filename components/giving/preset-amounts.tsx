// Renders the preset amounts: one group for each currency and frequency. The stylesheet shows only the group for the
// chosen currency and frequency (giving.css).

import type { Translate } from "@/content/messages";
import { FREQUENCIES, type Frequency } from "@/domain/frequencies";
import { type GiftFormValues, presetAmountFieldName } from "@/domain/giving/gift-form";
import { formatMoney, hasFractionalPart, money } from "@/domain/money";
import { type Currency, currenciesOf, type Publication, presetAmounts } from "@/domain/publication";
import { currencyName } from "./currency-choice";

type PresetAmountsProps = { t: Translate; publication: Publication; form: GiftFormValues };
type Group = { currency: Currency; frequency: Frequency };

export function PresetAmounts(props: PresetAmountsProps) {
  return (
    <div className="gift-presets by-currency">
      {currenciesOf(props.publication).map((currency) => (
        <div className="by-every" key={currency}>
          {FREQUENCIES.map((frequency) => (
            <PresetGroup {...props} group={{ currency, frequency }} key={frequency} />
          ))}
        </div>
      ))}
    </div>
  );
}

function PresetGroup({ t, publication, form, group }: PresetAmountsProps & { group: Group }) {
  const { currency, frequency } = group;
  const chosen = chosenPreset({ publication, form, group });
  const every = t(`giving.every.${frequency}`);
  const alwaysDecimals = hasParts(publication, currency);
  const radio = (value: string, text: string) => (
    <label key={value}>
      <input type="radio" name={presetAmountFieldName(group)} value={value} defaultChecked={value === chosen} />
      <span>{text}</span>
    </label>
  );
  return (
    <fieldset>
      <legend>{t("giving.presets", { every, currency: currencyName(currency, t.locale) })}</legend>
      <div className="segments">
        {presetAmounts(publication, group).map((preset) =>
          radio(preset, formatMoney(money(preset, currency), { locale: t.locale, alwaysDecimals })),
        )}
        {radio("custom", t("giving.custom"))}
      </div>
    </fieldset>
  );
}

/**
 * Returns true if any preset amount of the currency has decimals. The form then shows decimals for all preset amounts
 * of this currency: "3.00" beside "1.50".
 */
function hasParts(publication: Publication, currency: Currency): boolean {
  return FREQUENCIES.some((frequency) =>
    presetAmounts(publication, { currency, frequency }).some((preset) => hasFractionalPart(money(preset, currency))),
  );
}

/**
 * Returns the value of the radio button that is selected in a group of amounts. For a custom amount, its button is
 * selected in every group. A chosen preset is selected only in its own group, and the other groups start with the
 * publication's preferred preset.
 */
function chosenPreset({
  publication,
  form,
  group,
}: Omit<PresetAmountsProps, "t"> & { group: Group }): string | undefined {
  if (form.isCustom) return "custom";
  const presets = presetAmounts(publication, group);
  const isChosenGroup = group.currency === form.currency && group.frequency === form.frequency;
  return isChosenGroup && form.amount !== null ? form.amount : presets[publication.preferredPreset];
}
