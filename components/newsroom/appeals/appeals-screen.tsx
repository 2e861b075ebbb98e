import { translator } from "@/content/messages";
import type { AppealListItem } from "@/domain/appeal/read-appeal";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Notice } from "../../ui/notice";
import { NewsroomPage } from "../newsroom-page";
import { AppealStateLine } from "./appeal-state";
import type { AppealsTranslationContext, ColleagueNames } from "./appeals-words";

type AppealsScreenProps = {
  locale: string;
  appeals: AppealListItem[];
  names: ColleagueNames;
  now: Date;
  timeZone: string;
  flash: Record<string, unknown> | null;
};

export function AppealsScreen({ locale, appeals, names, now, timeZone, flash }: AppealsScreenProps) {
  const t = translator(locale);
  const context: AppealsTranslationContext = { t, names, timeZone };
  return (
    <NewsroomPage locale={locale} section="appeals" now={now} timeZone={timeZone}>
      {appeals.some(({ isShown }) => isShown) ? null : <Notice title={t("appeals.none-shown")} />}
      <ul className="appeal-list">
        {appeals.map((appeal) => (
          <li key={appeal.id} data-state={appeal.state}>
            <h2>
              <a href={`/newsroom/appeals/${appeal.id}`}>{appeal.name}</a>
            </h2>
            <AppealStateLine context={context} appeal={appeal} />
          </li>
        ))}
      </ul>
      {appeals.length > 0 ? <NewAppeal t={t} appeals={appeals} flash={flash} /> : null}
    </NewsroomPage>
  );
}

function NewAppeal({
  t,
  appeals,
  flash,
}: Pick<AppealsTranslationContext, "t"> & Pick<AppealsScreenProps, "appeals" | "flash">) {
  const isRefused = flash?.refused === "name";
  const wanted = String(flash?.from ?? "");
  const from = appeals.find(({ id }) => id === wanted) ?? appeals.find(({ isShown }) => isShown) ?? appeals[0];
  return (
    <section className="newsroom-part">
      <h2>{t("appeals.new.title")}</h2>
      <p className="newsroom-note">{t("appeals.new.text")}</p>
      <form className="appeal-fields" method="post" action="/newsroom/appeals/create">
        <Field
          id="name"
          name="name"
          label={t("appeals.new.name")}
          hint={t("appeals.new.hint")}
          defaultValue={isRefused ? String(flash?.name ?? "") : ""}
          error={isRefused ? t("appeals.new.refused") : undefined}
          required
          minLength={2}
          maxLength={60}
          autoComplete="off"
        />
        <div className="field">
          <label className="field-label" htmlFor="from">
            {t("appeals.new.from")}
          </label>
          <select className="select" id="from" name="from" defaultValue={from?.id}>
            {appeals.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <Button kind="quiet">{t("appeals.new.make")}</Button>
      </form>
    </section>
  );
}
