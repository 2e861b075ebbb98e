import { MANNER_LIMITS, MANNER_NAMES } from "@/domain/appeal/manner-choices";
import { Field } from "../../ui/field";
import type { AppealFieldsProps } from "./fields-props";

export function MannersFields({ t, fields, errorOf }: AppealFieldsProps) {
  return (
    <>
      <p className="newsroom-note">{t("appeals.manners.note")}</p>
      {MANNER_NAMES.map((name) => (
        <Field
          key={name}
          id={name}
          name={name}
          label={t(`appeals.manners.${name}`)}
          hint={t("appeals.manners.range", MANNER_LIMITS[name])}
          defaultValue={fields[name] ?? ""}
          error={errorOf(name)}
          inputMode="numeric"
          autoComplete="off"
        />
      ))}
    </>
  );
}
