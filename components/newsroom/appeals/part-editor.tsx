import type { ReactNode } from "react";
import { type Translate, translator } from "@/content/messages";
import { type AppealPartName, parseWordsPartName } from "@/domain/appeal/appeal-parts";
import type { FieldProblem, PublicationAndArticles, TextByFormField } from "@/domain/appeal/forms/fields";
import type { AppealForStaff as Shown } from "@/domain/appeal/read-appeal";
import { Button } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { AppealNotice } from "./appeal-notice";
import { AppealScreenFrame } from "./appeal-screen-frame";
import { appealPartTitle, fieldErrorFinder, formatTimeOnAppealPages } from "./appeals-words";
import type { AppealFieldsProps } from "./fields-props";
import { GoalFields } from "./goal-fields";
import { LivePreview } from "./live-preview";
import { MannersFields } from "./manners-fields";
import { PlacesWithoutBannerFields } from "./places-without-banner-fields";
import { PresetsFields } from "./presets-fields";
import { PREVIEW_SIZES, type PreviewScreenChoice, previewFrameUrl } from "./preview-screen";
import { VariantTextFields } from "./variant-text-fields";

export type AppealPartEditorProps = {
  locale: string;
  appeal: Shown;
  part: AppealPartName;
  path: string;
  fields: TextByFormField;
  problems: FieldProblem[];
  baseVersion: number;
  typed: { at: Date; isOutdated: boolean } | null;
  flash: Record<string, unknown> | null;
  context: PublicationAndArticles;
};

export function AppealPartEditor({
  locale,
  appeal,
  part,
  path,
  problems,
  baseVersion,
  ...shown
}: AppealPartEditorProps) {
  const t = translator(locale);
  const { fields, typed, flash, context } = shown;
  const isOwn = appeal.lock.kind === "own";
  return (
    <AppealScreenFrame
      t={t}
      title={appealPartTitle(t, part)}
      back={{ href: `/newsroom/appeals/${appeal.id}`, text: t("appeals.back") }}
    >
      <AppealNotice t={t} flash={flash} />
      {isOwn ? null : <Notice title={t("appeals.edit.first")} />}
      {typed ? <Typed t={t} typed={typed} problems={problems} timeZone={context.publication.timeZone} /> : null}
      <div className="appeal-desk">
        <form className="appeal-fields" method="post" action={`${path}/save`} data-appeal-part="">
          <input type="hidden" name="base" value={baseVersion} />
          <PartFields part={part} t={t} fields={fields} errorOf={fieldErrorFinder(t, problems)} context={context} />
          <div className="appeal-save">
            <Button name="do" value="save">
              {t("appeals.save")}
            </Button>
            {typed ? (
              <Button kind="plain" name="do" value="discard" formNoValidate>
                {t("appeals.discard")}
              </Button>
            ) : null}
          </div>
        </form>
        <Beside t={t} appeal={appeal} part={part} path={path} language={context.publication.defaultLanguage} />
      </div>
    </AppealScreenFrame>
  );
}

type BesideProps = Pick<AppealPartEditorProps, "appeal" | "part" | "path"> & { t: Translate; language: string };

/**
 * Shows a preview of an article. It shows what the edited part changes: for the goal, the end of the article; for the
 * preset amounts, the open banner. For all other parts it shows the closed banner.
 */
function Beside({ t, appeal, part, path, language }: BesideProps) {
  const named = parseWordsPartName(part) ?? { variant: appeal.content.variants[0]?.id ?? "", language };
  const choice: PreviewScreenChoice = {
    ...named,
    article: "",
    state: part === "presets" ? "open" : "banner",
    scheme: "light",
  };
  const { width, height } = PREVIEW_SIZES[0];
  const more = new URLSearchParams(named);
  return (
    <aside className="preview-beside">
      <h2>{t("appeals.preview")}</h2>
      <p className="newsroom-note">{t("appeals.preview.text")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <section className="preview-frame" tabIndex={0} aria-label={t("appeals.preview.frame")}>
        <LivePreview
          title={t("appeals.preview.frame")}
          src={previewFrameUrl(appeal.id, part === "goal" ? { ...choice, state: "end" } : choice)}
          saveUrl={`${path}/save`}
          width={width}
          height={height}
        />
      </section>
      <a href={`/newsroom/appeals/${appeal.id}/preview?${more}`}>{t("appeals.preview.larger")}</a>
    </aside>
  );
}

type TypedProps = Pick<AppealPartEditorProps, "problems"> & { t: Translate; timeZone: string } & {
  typed: NonNullable<AppealPartEditorProps["typed"]>;
};

function Typed({ t, typed, problems, timeZone }: TypedProps) {
  const isWrong = problems.length > 0;
  const title = isWrong ? t("appeals.problems.title", { count: problems.length }) : t("appeals.typed.title");
  return (
    <Notice kind={isWrong ? "bad" : "info"} title={title}>
      <p>{t("appeals.typed.text", { time: formatTimeOnAppealPages({ t, timeZone }, typed.at) })}</p>
      {typed.isOutdated ? <p>{t("appeals.typed.outdated")}</p> : null}
    </Notice>
  );
}

function PartFields({ part, ...props }: AppealFieldsProps & { part: AppealPartName }): ReactNode {
  if (parseWordsPartName(part)) return <VariantTextFields {...props} />;
  if (part === "presets") return <PresetsFields {...props} />;
  if (part === "quiet") return <PlacesWithoutBannerFields {...props} />;
  return part === "manners" ? <MannersFields {...props} /> : <GoalFields {...props} />;
}
