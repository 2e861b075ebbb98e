// Finds the appeal that readers see. If the site has not been able to read the ledger since its start, readers get the
// fallback in content/appeals/.

import { type AppealContent, listVariantWordsInLanguage } from "../../domain/appeal/appeal-content";
import type { AppealStateFields } from "../../domain/appeal/appeal-state";
import type { GoalProgress } from "../../domain/appeal/goal";
import { mannersFromChoices } from "../../domain/appeal/manner-choices";
import { DEFAULT_MANNERS, type Manners } from "../../domain/appeal/manners";
import { mannersForHighRisk } from "../../domain/appeal/memory-for-high-risk";
import { isAppealAllowedInArticle } from "../../domain/appeal/places-without-banner";
import type { AppealForReader } from "../../domain/appeal/reader-appeal";
import type { Article } from "../../domain/articles/article";
import { publication } from "../../publication";
import { getFirstAppealVariant, listVariantsFromContentFiles } from "../content";
import { env } from "../env";
import { type FindLiveAppealResult, findLiveAppeal } from "./live-appeal";

type Times = Pick<AppealStateFields, "startsAt" | "endsAt">;

type AskingPlace = Pick<Article, "id" | "kicker" | "sensitive">;

/**
 * Returns the live appeal; null if there is none, or if it is not shown in this article. Returns the appeal in
 * content/appeals/ if the site has not been able to read the ledger since its start. Also returns it if the live appeal
 * has no text in this site's languages.
 */
export async function findReaderAppeal(
  locale: string,
  article: AskingPlace | null = null,
): Promise<AppealForReader | null> {
  if (article?.sensitive) return null;
  return readerAppealOf(await findLiveAppeal(), { locale, article });
}

function readerAppealOf(
  live: FindLiveAppealResult,
  { locale, article }: { locale: string; article: AskingPlace | null },
): AppealForReader | null {
  if (live.from === "files") return appealOfFiles(locale);
  const { appeal, progress } = live;
  if (!appeal || (article && !isAppealAllowedInArticle(article, appeal.content.quiet))) return null;
  const [first, ...others] = listVariantWordsInLanguage(appeal.content, { id: appeal.id, locale, publication });
  // If the live appeal has no words in any language of this site, readers get the fallback in content/appeals/.
  if (!first) return appealOfFiles(locale);
  return toReaderAppeal(appeal.content, { variants: [first, ...others], progress, times: appeal });
}

/** Returns the appeal without the parts that only staff see. */
export function toReaderAppeal(
  { presets, manners, quiet }: AppealContent,
  {
    variants,
    progress,
    times,
  }: { variants: AppealForReader["variants"]; progress: GoalProgress | null; times?: Times },
): AppealForReader {
  const shown = progress && { ...progress, asOf: progress.asOf.toISOString() };
  const quietSections = quiet.sections;
  return {
    variants,
    presets,
    manners: forReaders(mannersIn({ manners }, times)),
    quietSections,
    progress: shown,
  };
}

export async function getMannersInForce(): Promise<Manners> {
  const live = await findLiveAppeal();
  const appeal = live.from === "files" ? null : live.appeal;
  const isShown = appeal?.content.variants.some(({ words }) => words[publication.defaultLanguage]);
  return forReaders(appeal && isShown ? mannersIn(appeal.content, appeal) : DEFAULT_MANNERS);
}

function mannersIn({ manners }: Pick<AppealContent, "manners">, times: Times | undefined): Manners {
  return { ...mannersFromChoices(manners), ...inForce(times) };
}

/**
 * Returns the times at which the appeal starts and ends, in milliseconds since 1970. Returns an empty object if the
 * appeal has no end.
 */
function inForce(times: Times | undefined): Partial<Manners> {
  if (!times?.endsAt) return {};
  return { appealStartsAt: times.startsAt?.getTime() ?? 0, appealEndsAt: times.endsAt.getTime() };
}

function forReaders(manners: Manners): Manners {
  return env().OUTLET_RISK === "high" ? mannersForHighRisk(manners) : manners;
}

/**
 * Returns the live appeal, or the fallback in content/appeals/. For pages such as /give, which must show an appeal even
 * if none is live.
 */
export async function getReaderAppeal(locale: string): Promise<AppealForReader> {
  return (await findReaderAppeal(locale)) ?? appealOfFiles(locale);
}

function appealOfFiles(locale: string): AppealForReader {
  const [first = getFirstAppealVariant(locale), ...others] = listVariantsFromContentFiles(locale);
  return {
    variants: [first, ...others],
    presets: {},
    manners: forReaders(DEFAULT_MANNERS),
    quietSections: [],
    progress: null,
  };
}
