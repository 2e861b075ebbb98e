// Works without a script, because the choices are links and a form.

import type { Translate } from "@/content/messages";
import { translator } from "@/content/messages";
import { HiddenFields } from "../../ui/hidden-fields";
import { AppealScreenFrame } from "./appeal-screen-frame";
import { localizedLanguageName } from "./appeals-words";

/** In pixels: a phone, a tablet and a laptop. */
export const PREVIEW_SIZES = [
  { width: 360, height: 720 },
  { width: 768, height: 960 },
  { width: 1280, height: 800 },
] as const;

const STATES = ["banner", "open", "end", "thanks"] as const;
const SCHEMES = ["light", "dark"] as const;

export type PreviewScreenChoice = {
  article: string;
  variant: string;
  language: string;
  state: (typeof STATES)[number];
  scheme: (typeof SCHEMES)[number];
};

type PreviewScreenProps = {
  locale: string;
  appeal: { id: string; name: string };
  choice: PreviewScreenChoice;
  width: number;
  variants: readonly string[];
  languages: readonly string[];
  articles: readonly { slug: string; headline: string }[];
};

/** Returns the width that the text names, or the narrowest one for an unknown text. */
export function parsePreviewWidth(text: string | undefined): number {
  return PREVIEW_SIZES.find(({ width }) => String(width) === text)?.width ?? PREVIEW_SIZES[0].width;
}

export function PreviewScreen(props: PreviewScreenProps) {
  const { locale, appeal, choice, width, variants, languages } = props;
  const t = translator(locale);
  const now = { ...choice, width: String(width) };
  const row = (name: keyof typeof now, options: readonly { value: string; text: string }[]) => (
    <Choices t={t} name={name} options={options} now={now} />
  );
  const height = PREVIEW_SIZES.find((size) => size.width === width)?.height;
  return (
    <AppealScreenFrame
      t={t}
      title={t("appeals.preview")}
      back={{ href: `/newsroom/appeals/${appeal.id}`, text: appeal.name }}
    >
      <div className="preview-choices">
        {row(
          "state",
          STATES.map((value) => ({ value, text: t(`appeals.preview.state.${value}`) })),
        )}
        {row(
          "width",
          PREVIEW_SIZES.map((size) => ({ value: `${size.width}`, text: t(`appeals.preview.width.${size.width}`) })),
        )}
        {row(
          "scheme",
          SCHEMES.map((value) => ({ value, text: t(`appeals.preview.scheme.${value}`) })),
        )}
        {row(
          "variant",
          variants.map((value) => ({ value, text: t("appeals.part.words", { variant: value.toUpperCase() }) })),
        )}
        {row(
          "language",
          languages.map((value) => ({ value, text: localizedLanguageName(t, value) })),
        )}
        <ArticleChoice {...props} t={t} now={now} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <section className="preview-frame" tabIndex={0} aria-label={t("appeals.preview.frame")}>
        <iframe
          title={t("appeals.preview.frame")}
          src={previewFrameUrl(appeal.id, choice)}
          width={width}
          height={height}
        />
      </section>
    </AppealScreenFrame>
  );
}

/**
 * Returns the URL of the previewed article. In the states `end` and `thanks`, the URL has a fragment that scrolls to
 * the appeal at the article's end.
 */
export function previewFrameUrl(id: string, choice: PreviewScreenChoice): string {
  const isBelow = choice.state === "end" || choice.state === "thanks";
  return `/newsroom/appeals/${id}/preview/article?${new URLSearchParams(choice)}${isBelow ? "#support" : ""}`;
}

type Now = Record<string, string>;
type ChoicesProps = { t: Translate; name: string; options: readonly { value: string; text: string }[]; now: Now };

function Choices({ t, name, options, now }: ChoicesProps) {
  if (options.length < 2) return null;
  return (
    <nav aria-label={t(`appeals.preview.choice.${name as "state"}`)}>
      <ul>
        {options.map(({ value, text }) => (
          <li key={value}>
            <a
              href={`?${new URLSearchParams({ ...now, [name]: value })}`}
              aria-current={now[name] === value ? "true" : undefined}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ArticleChoice({ t, articles, choice, now }: PreviewScreenProps & { t: Translate; now: Now }) {
  const { article: _, ...others } = now;
  return (
    <form className="preview-article">
      <HiddenFields fields={others} />
      <label className="field-label" htmlFor="article">
        {t("appeals.preview.article")}
      </label>
      <select className="select" id="article" name="article" defaultValue={choice.article}>
        {articles.slice(0, 30).map(({ slug, headline }) => (
          <option key={slug} value={slug}>
            {headline}
          </option>
        ))}
      </select>
      <button className="button button-quiet" type="submit">
        {t("appeals.preview.show")}
      </button>
    </form>
  );
}
