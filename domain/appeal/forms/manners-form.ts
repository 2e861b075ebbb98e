import { MANNER_NAMES, type MannerSettings, parseTypedManners } from "../manner-choices";
import type { ParseAppealPartResult, TextByFormField } from "./fields";

export function mannersFormFields(manners: MannerSettings): TextByFormField {
  return Object.fromEntries(MANNER_NAMES.map((name) => [name, String(manners[name])]));
}

export function parseMannersForm(fields: TextByFormField): ParseAppealPartResult<MannerSettings> {
  const checked = parseTypedManners(fields);
  if (checked.kind === "manners") return { kind: "value", value: checked.manners };
  const problems = checked.problems.map(({ field, reason, least, most }) => ({
    field,
    reason,
    values: { least, most },
  }));
  return { kind: "refused", problems };
}
