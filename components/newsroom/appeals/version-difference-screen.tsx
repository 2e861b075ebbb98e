import { diffWordsWithSpace } from "diff";
import { type MessageKey, type Translate, translator } from "@/content/messages";
import type { ChangedAppealText } from "@/domain/appeal/version-difference";
import { AppealScreenFrame } from "./appeal-screen-frame";
import { appealPartTitle } from "./appeals-words";

type VersionDifferenceScreenProps = {
  locale: string;
  appeal: { id: string; name: string };
  number: number;
  changes: ChangedAppealText[];
};

export function VersionDifferenceScreen({ locale, appeal, number, changes }: VersionDifferenceScreenProps) {
  const t = translator(locale);
  const title = number === 1 ? t("appeals.difference.first") : t("appeals.difference.title", { number });
  return (
    <AppealScreenFrame t={t} title={title} back={{ href: `/newsroom/appeals/${appeal.id}`, text: appeal.name }}>
      {changes.length === 0 ? <p>{t("appeals.difference.none")}</p> : null}
      <dl className="appeal-difference">
        {changes.map((change) => (
          <div key={JSON.stringify([change.place, change.field])}>
            <dt>{titleOf(t, change)}</dt>
            <dd>
              <Words t={t} change={change} />
            </dd>
          </div>
        ))}
      </dl>
    </AppealScreenFrame>
  );
}

function Words({ t, change }: { t: Translate; change: ChangedAppealText }) {
  const language = change.place?.language ?? t.locale;
  const intlSegmenter = new Intl.Segmenter(language, { granularity: "word" });
  const pieces = diffWordsWithSpace(change.before, change.after, { intlSegmenter });
  // biome-ignore lint/suspicious/noArrayIndexKey: the pieces never move, and two of them may be the same word
  return pieces.map((piece, place) => <Piece key={place} t={t} {...piece} />);
}

type PieceProps = { t: Translate; value: string; added?: boolean; removed?: boolean };

/**
 * Adds a hidden text that says what was added or removed, because not every screen reader announces `ins` and `del`.
 */
function Piece({ t, value, added = false, removed = false }: PieceProps) {
  if (!added && !removed) return value;
  const said = t(added ? "appeals.difference.added" : "appeals.difference.removed");
  const spoken = <span className="visually-hidden">[{said}] </span>;
  return added ? (
    <ins>
      {spoken}
      {value}
    </ins>
  ) : (
    <del>
      {spoken}
      {value}
    </del>
  );
}

function titleOf(t: Translate, { place, field }: ChangedAppealText): string {
  if (place) return `${appealPartTitle(t, `words/${place.variant}/${place.language}`)}: ${fieldTitle(t, field)}`;
  const [, currency, frequency] = /^presets\.(\w+)\.(\w+)$/.exec(field) ?? [];
  if (currency)
    return t("appeals.difference.presets", { currency, every: t(`giving.every.${frequency}` as MessageKey) });
  if (field === "goal") return t("appeals.part.goal");
  return t((field.startsWith("manners.") ? `appeals.${field}` : `appeals.difference.${field}`) as MessageKey);
}

function fieldTitle(t: Translate, field: string): string {
  const isList = ["figure", "amounts", "signature"].includes(field);
  return t((isList ? `appeals.difference.${field}` : `appeals.field.${field}`) as MessageKey);
}
