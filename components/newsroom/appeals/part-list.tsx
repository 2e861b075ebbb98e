// Lists the parts of an appeal that staff edit. The words of each variant in each language are a separate part.
import type { Translate } from "@/content/messages";
import { MAX_VARIANTS } from "@/domain/appeal/appeal-content";
import { APPEAL_PARTS_BESIDES_WORDS, wordsPartName } from "@/domain/appeal/appeal-parts";
import type { AppealForStaff } from "@/domain/appeal/read-appeal";
import { Button } from "../../ui/button";
import { localizedLanguageName } from "./appeals-words";

type PartListProps = { t: Translate; appeal: AppealForStaff; languages: readonly string[] };

export function AppealPartList({ t, appeal, languages }: PartListProps) {
  const { id, content, unsavedParts } = appeal;
  return (
    <ul className="appeal-parts">
      {content.variants.map(({ id: variant, words }) => (
        <li key={variant}>
          <span>{t("appeals.part.words", { variant: variant.toUpperCase() })}</span>
          {languages.map((language) => (
            <PartLink
              key={language}
              t={t}
              href={`/newsroom/appeals/${id}/words/${variant}/${language}`}
              text={localizedLanguageName(t, language)}
              isUnsaved={unsavedParts.includes(wordsPartName({ variant, language }))}
              isMissing={!words[language]}
            />
          ))}
          <RemoveVariant t={t} appeal={appeal} variant={variant} />
        </li>
      ))}
      {APPEAL_PARTS_BESIDES_WORDS.map((part) => (
        <li key={part}>
          <PartLink
            t={t}
            href={`/newsroom/appeals/${id}/edit/${part}`}
            text={t(`appeals.part.${part}`)}
            isUnsaved={unsavedParts.includes(part)}
          />
        </li>
      ))}
      <AddVariant t={t} appeal={appeal} />
    </ul>
  );
}

type PartLinkProps = { t: Translate; href: string; text: string; isUnsaved: boolean; isMissing?: boolean };

function PartLink({ t, href, text, isUnsaved, isMissing = false }: PartLinkProps) {
  return (
    <span>
      <a href={href}>{text}</a>
      {isUnsaved ? <em> {t("appeals.part.unsaved")}</em> : null}
      {isMissing ? <em> {t("appeals.part.missing")}</em> : null}
    </span>
  );
}

function RemoveVariant({ t, appeal, variant }: { t: Translate; appeal: AppealForStaff; variant: string }) {
  if (appeal.lock.kind !== "own" || appeal.content.variants.length === 1) return null;
  return (
    <form method="post" action={`/newsroom/appeals/${appeal.id}/variants`}>
      <Button kind="plain" name="remove" value={variant}>
        {t("appeals.variants.remove", { variant: variant.toUpperCase() })}
      </Button>
    </form>
  );
}

function AddVariant({ t, appeal }: { t: Translate; appeal: AppealForStaff }) {
  const { variants } = appeal.content;
  const [first] = variants;
  if (appeal.lock.kind !== "own" || !first) return null;
  if (variants.length >= MAX_VARIANTS) return <li>{t("appeals.variants.full", { most: MAX_VARIANTS })}</li>;
  return (
    <li>
      <form method="post" action={`/newsroom/appeals/${appeal.id}/variants`}>
        <Button kind="quiet" name="add" value={first.id}>
          {t("appeals.variants.add", { variant: first.id.toUpperCase() })}
        </Button>
      </form>
      <span className="newsroom-note">{t("appeals.variants.note")}</span>
    </li>
  );
}
