import { QUIET_ARTICLES, sectionFieldName } from "@/domain/appeal/forms/quiet-form";
import { listSections } from "@/domain/appeal/quiet-places";
import { TextArea } from "../../ui/text-area";
import type { FieldsProps } from "./part-screen";

export function QuietFields({ t, fields, errorOf, context }: FieldsProps) {
  return (
    <>
      <fieldset className="appeal-group">
        <legend>{t("appeals.quiet.sections")}</legend>
        {listSections(context.articles).map((section) => (
          <label className="appeal-tick" key={section}>
            <input
              type="checkbox"
              name={sectionFieldName(section)}
              value="on"
              defaultChecked={fields[sectionFieldName(section)] === "on"}
            />
            <span>{section}</span>
          </label>
        ))}
      </fieldset>
      <TextArea
        id={QUIET_ARTICLES}
        name={QUIET_ARTICLES}
        rows={6}
        label={t("appeals.quiet.articles")}
        hint={t("appeals.quiet.articles-hint")}
        defaultValue={fields[QUIET_ARTICLES] ?? ""}
        error={errorOf(QUIET_ARTICLES)}
      />
    </>
  );
}
