// Renders a preview: a real article with the newest version of the appeal. Includes the unsaved text of the colleague
// who asks for the preview.
import "server-only";
import { type AppealContent, listVariantWordsInLanguage } from "../../domain/appeal/appeal-content";
import { withUnsavedAppealParts } from "../../domain/appeal/draft-content";
import { parseAppealPartName } from "../../domain/appeal/forms/part-form";
import { findAppealDetails, listUnsavedAppealParts } from "../../domain/appeal/read-appeal";
import type { AppealForReader } from "../../domain/appeal/reader-appeal";
import type { Article } from "../../domain/articles/article";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import { publication } from "../../publication";
import { currentTime } from "../clock";
import { findArticle, listArticles } from "../content";
import { database } from "../database";
import { INLINE_SCRIPT_CODE } from "../http/inlined.mjs";
import { runtime } from "../runtime";
import { findGoalProgress } from "./goal-progress";
import { appealPartEditContext } from "./part-pages";
import {
  PREVIEW_COLOR_SCHEMES,
  PREVIEW_HEADER,
  PREVIEWED_PAGE_STATES,
  type PreviewColorScheme,
  type PreviewedPageState,
} from "./preview";
import { toReaderAppeal } from "./reader-appeal";
import { storePreview } from "./stored-previews";

export type PreviewChoice = {
  article: string;
  variant: string;
  language: string;
  state: PreviewedPageState;
  scheme: PreviewColorScheme;
};

export function readPreviewChoice(query: (name: string) => string | null | undefined): PreviewChoice {
  const [newest] = listArticlesForPreview();
  return {
    article: findArticle(query("article") ?? "")?.slug ?? newest?.slug ?? "",
    variant: query("variant") ?? "",
    language: publication.languages.find((each) => each === query("language")) ?? publication.defaultLanguage,
    state: PREVIEWED_PAGE_STATES.find((each) => each === query("state")) ?? "banner",
    scheme: PREVIEW_COLOR_SCHEMES.find((each) => each === query("scheme")) ?? "light",
  };
}

/**
 * Returns the articles to choose from. Those with their own closing words come last, because these words replace the
 * appeal's.
 */
export function listArticlesForPreview(): Article[] {
  const articles = listArticles();
  return [...articles.filter(({ closing }) => !closing), ...articles.filter(({ closing }) => closing)];
}

type Asked = PreviewChoice & { id: string; colleague: Colleague; origin: string };

/** Returns the preview's HTML. Null if the appeal does not exist or has no words. */
export async function renderPreview({ id, colleague, origin, ...choice }: Asked): Promise<string | null> {
  const appeal = await findEdited({ id, colleague, ...choice });
  if (!appeal) return null;
  const token = storePreview({ appeal, locale: choice.language, state: choice.state });
  const html = await fetchArticle(`/articles/${choice.article}`, { token, origin });
  // Removes the inline script of reader pages, which could hide the appeal, and would store and report that it was
  // shown. The script would also switch to the publication's fonts, so the class that does this is set here.
  return html
    .replace(`<script>${INLINE_SCRIPT_CODE}</script>`, "")
    .replace("<body>", '<body class="typeset">')
    .replace("<html ", `<html data-scheme="${choice.scheme}" `);
}

async function findEdited({
  id,
  colleague,
  variant,
  language,
}: Omit<Asked, "origin">): Promise<AppealForReader | null> {
  const [db, now] = [await database(), currentTime()];
  const page = await findAppealDetails(db, { id, by: colleague.id, now });
  if (!page) return null;
  const content = withUnsavedAppealParts(
    page.content,
    await listOwnTyped(page.content, { id, by: colleague.id }),
    appealPartEditContext(),
  );
  const copies = listVariantWordsInLanguage(content, { id, locale: language, publication });
  const shown = copies.find((copy) => copy.variant === variant) ?? copies[0];
  if (!shown) return null;
  const progress = content.goal ? await findGoalProgress(db, { goal: content.goal, now }) : null;
  return toReaderAppeal(content, { variants: [shown], progress });
}

async function listOwnTyped(content: AppealContent, key: { id: string; by: string }) {
  const typed = await listUnsavedAppealParts(await database(), key);
  return typed.flatMap(({ part: name, fields }) => {
    const part = parseAppealPartName(name, content, publication.languages);
    return part ? [{ part, fields }] : [];
  });
}

/**
 * Returns the HTML of the article. In production, this process renders the article itself. Under `next dev` that is
 * impossible, so the article is fetched from `origin`.
 */
async function fetchArticle(path: string, { token, origin }: { token: string; origin: string }): Promise<string> {
  const headers = { [PREVIEW_HEADER]: token };
  if (runtime.renderOwnPage) return String((await runtime.renderOwnPage(path, headers)).body);
  return (await fetch(origin + path, { headers })).text();
}
