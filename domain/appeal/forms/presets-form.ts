// The preset amounts of an appeal as form fields: one field for each currency and frequency, with its amounts separated
// by spaces.

import type { Frequency } from "../../frequencies";
import type { Currency } from "../../money";
import { currenciesOf, type Publication } from "../../publication";
import { type AppealPresetAmounts, checkPresets, PRESET_FREQUENCIES } from "../preset-choices";
import type { ParseAppealPartResult, TextByFormField } from "./fields";

export function presetFieldName({ currency, frequency }: { currency: Currency; frequency: Frequency }): string {
  return `${currency}.${frequency}`;
}

export function presetsFormFields(presets: AppealPresetAmounts): TextByFormField {
  const entries = Object.entries(presets).flatMap(([currency, lists]) =>
    Object.entries(lists).map(([frequency, amounts]) => [`${currency}.${frequency}`, amounts.join("  ")]),
  );
  return Object.fromEntries(entries);
}

export function parsePresetsForm(
  fields: TextByFormField,
  publication: Pick<Publication, "currencies" | "preferredPreset">,
): ParseAppealPartResult<AppealPresetAmounts> {
  const typed = (currency: Currency, frequency: Frequency) => fields[presetFieldName({ currency, frequency })] ?? "";
  const checked = checkPresets(typed, publication);
  if (checked.kind === "presets") return { kind: "value", value: checked.presets };
  const problems = checked.problems.map(({ currency, frequency, reason, limit, least, most }) => ({
    field: presetFieldName({ currency, frequency }),
    reason,
    values: { least, most },
    limit,
  }));
  return { kind: "refused", problems };
}

export function listPresetFields(publication: Pick<Publication, "currencies">) {
  return currenciesOf(publication).map((currency) => ({
    currency,
    lists: PRESET_FREQUENCIES.map((frequency) => ({ frequency, name: presetFieldName({ currency, frequency }) })),
  }));
}
