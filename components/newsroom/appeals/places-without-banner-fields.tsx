import { ARTICLES_WITHOUT_BANNER_FIELD, sectionFieldName } from "@/domain/appeal/forms/places-without-banner-form";
import { listSections } from "@/domain/appeal/places-without-banner";
import { TextArea } from "../../ui/text-area";
import type { AppealFieldsProps } from "./fields-props";

export function PlacesWithoutBannerFields({ t, fields, errorOf, context }: AppealFieldsProps) {
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
        id={ARTICLES_WITHOUT_BANNER_FIELD}
        name={ARTICLES_WITHOUT_BANNER_FIELD}
        rows={6}
        label={t("appeals.quiet.articles")}
        hint={t("appeals.quiet.articles-hint")}
        defaultValue={fields[ARTICLES_WITHOUT_BANNER_FIELD] ?? ""}
        error={errorOf(ARTICLES_WITHOUT_BANNER_FIELD)}
      />
    </>
  );
}
