import { listPresetFields } from "@/domain/appeal/forms/presets-form";
import { presetAmounts } from "@/domain/publication";
import { currencyName } from "../../giving/currency-choice";
import { Field } from "../../ui/field";
import type { AppealFieldsProps } from "./fields-props";

export function PresetsFields({ t, fields, errorOf, context }: AppealFieldsProps) {
  const { publication } = context;
  return (
    <>
      <p className="newsroom-note">{t("appeals.presets.note")}</p>
      {listPresetFields(publication).map(({ currency, lists }) => (
        <fieldset className="appeal-group appeal-group-wide" key={currency}>
          <legend>{currencyName(currency, t.locale)}</legend>
          {lists.map(({ frequency, name }) => (
            <Field
              key={name}
              id={name}
              name={name}
              label={t(`giving.every.${frequency}`)}
              hint={t("appeals.presets.default", {
                amounts: presetAmounts(publication, { currency, frequency }).join("  "),
              })}
              defaultValue={fields[name] ?? ""}
              error={errorOf(name)}
              inputMode="text"
              autoComplete="off"
            />
          ))}
        </fieldset>
      ))}
    </>
  );
}
