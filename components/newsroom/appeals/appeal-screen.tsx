import { translator } from "@/content/messages";
import type { AppealForStaff as Shown } from "@/domain/appeal/read-appeal";
import { AppealNotice } from "./appeal-notice";
import { AppealScreenFrame } from "./appeal-screen-frame";
import { AppealStateLine } from "./appeal-state";
import type { AppealsTranslationContext, ColleagueNames } from "./appeals-words";
import { EditLockPanel } from "./edit-lock";
import { AppealPartList } from "./part-list";
import { PublishForm } from "./publish-form";
import { VersionList } from "./version-list";

export type AppealScreenProps = {
  locale: string;
  appeal: Shown;
  names: ColleagueNames;
  timeZone: string;
  languages: readonly string[];
  flash: Record<string, unknown> | null;
};

export function AppealScreen({ locale, appeal, names, timeZone, languages, flash }: AppealScreenProps) {
  const t = translator(locale);
  const context: AppealsTranslationContext = { t, names, timeZone };
  return (
    <AppealScreenFrame t={t} title={appeal.name} back={{ href: "/newsroom/appeals", text: t("appeals.all") }}>
      <AppealNotice t={t} flash={flash} />
      <AppealStateLine context={context} appeal={appeal} />
      <section className="newsroom-part">
        <h2>{t("appeals.edit.title")}</h2>
        <EditLockPanel context={context} appeal={appeal} />
        <AppealPartList t={t} appeal={appeal} languages={languages} />
        <p>
          <a href={`/newsroom/appeals/${appeal.id}/preview`}>{t("appeals.preview")}</a>
        </p>
      </section>
      {appeal.state === "ended" ? null : <PublishForm context={context} appeal={appeal} flash={flash} />}
      <VersionList context={context} appeal={appeal} />
    </AppealScreenFrame>
  );
}
