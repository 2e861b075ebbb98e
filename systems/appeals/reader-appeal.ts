// The appeal as readers' pages draw it, in their language. If the ledger is away from the start, it is the one of content/appeals/:
// readers never see an error because of an appeal.
import { type AppealContent, copiesOf } from "../../domain/appeal/appeal-content";
import type { AppealCopy } from "../../domain/appeal/appeal-copy";
import type { AppealTimes } from "../../domain/appeal/appeal-state";
import type { GoalProgress } from "../../domain/appeal/goal";
import { mannersWith } from "../../domain/appeal/manner-choices";
import { MANNERS, type Manners } from "../../domain/appeal/manners";
import { neutralOf } from "../../domain/appeal/neutral-memory";
import type { PresetChoices } from "../../domain/appeal/preset-choices";
import { hasAppealIn } from "../../domain/appeal/quiet-places";
import type { Article } from "../../domain/articles/article";
import { publication } from "../../publication";
import { findAppeal, listVariants } from "../content";
import { env } from "../env";
import { findLive, type Live } from "./live-shelf";

/** Plain data, because Next passes it to a page as JSON. */
export type ReaderAppeal = {
  /** The variants of the appeal; the first is shown if no experiment runs. */
  variants: [AppealCopy, ...AppealCopy[]];
  presets: PresetChoices;
  manners: Manners;
  /** The sections that the appeal leaves out, by name. */
  quietSections: string[];
  progress: ReaderProgress | null;
};

type Times = Pick<AppealTimes, "startsAt" | "endsAt">;

/** `asOf` as ISO 8601. */
export type ReaderProgress = Omit<GoalProgress, "asOf"> & { asOf: string };

type AskingPlace = Pick<Article, "id" | "kicker" | "sensitive">;

/** Null if the newsroom asks for nothing: no appeal is live, or not in this article. */
export async function findAppealFor(locale: string, article: AskingPlace | null = null): Promise<ReaderAppeal | null> {
  if (article?.sensitive) return null;
  return readerAppealOf(await findLive(), { locale, article });
}

function readerAppealOf(
  live: Live,
  { locale, article }: { locale: string; article: AskingPlace | null },
): ReaderAppeal | null {
  if (live.from === "files") return appealOfFiles(locale);
  const { appeal, progress } = live;
  if (!appeal || (article && !hasAppealIn(article, appeal.content.quiet))) return null;
  const [first, ...others] = copiesOf(appeal.content, { id: appeal.id, locale, publication });
  // Draws the appeal of the files if the live one has no words in any language of this site.
  if (!first) return appealOfFiles(locale);
  return drawnFrom(appeal.content, { variants: [first, ...others], progress, times: appeal });
}

/** The parts of an appeal's content that a page draws. */
export function drawnFrom(
  { presets, manners, quiet }: AppealContent,
  { variants, progress, times }: { variants: ReaderAppeal["variants"]; progress: GoalProgress | null; times?: Times },
): ReaderAppeal {
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

/** The manners in force, without the words of the appeal. */
export async function findManners(): Promise<Manners> {
  const live = await findLive();
  const appeal = live.from === "files" ? null : live.appeal;
  const isDrawn = appeal?.content.variants.some(({ words }) => words[publication.defaultLanguage]);
  return forReaders(appeal && isDrawn ? mannersIn(appeal.content, appeal) : MANNERS);
}

function mannersIn({ manners }: Pick<AppealContent, "manners">, times: Times | undefined): Manners {
  return { ...mannersWith(manners), ...inForce(times) };
}

/** Neither time is needed for an appeal without an end: answers to it count by their days alone. */
function inForce(times: Times | undefined): Partial<Manners> {
  if (!times?.endsAt) return {};
  return { appealStartsAt: times.startsAt?.getTime() ?? 0, appealEndsAt: times.endsAt.getTime() };
}

function forReaders(manners: Manners): Manners {
  return env().OUTLET_RISK === "high" ? neutralOf(manners) : manners;
}

/** Always finds an appeal, for pages such as /give: somebody who wants to give is never turned away. */
export async function getAppealFor(locale: string): Promise<ReaderAppeal> {
  return (await findAppealFor(locale)) ?? appealOfFiles(locale);
}

function appealOfFiles(locale: string): ReaderAppeal {
  const [first = findAppeal(locale), ...others] = listVariants(locale);
  return { variants: [first, ...others], presets: {}, manners: forReaders(MANNERS), quietSections: [], progress: null };
}
