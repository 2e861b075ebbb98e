import { QUIET_ARTICLES_FIELD, sectionFieldName } from "@/domain/appeal/forms/quiet-form";
import { listSections } from "@/domain/appeal/quiet-places";
import { TextArea } from "../../ui/text-area";
import type { AppealFieldsProps } from "./fields-props";

export function QuietSectionsFields({ t, fields, errorOf, context }: AppealFieldsProps) {
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
        id={QUIET_ARTICLES_FIELD}
        name={QUIET_ARTICLES_FIELD}
        rows={6}
        label={t("appeals.quiet.articles")}
        hint={t("appeals.quiet.articles-hint")}
        defaultValue={fields[QUIET_ARTICLES_FIELD] ?? ""}
        error={errorOf(QUIET_ARTICLES_FIELD)}
      />
    </>
  );
}
