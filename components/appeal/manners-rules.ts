// Describes in sentences when the banner may show. The numbers in the sentences are the settings that the banner
// follows (domain/appeal/manners.ts).
import type { Translate } from "@/content/messages";
import { BANNER_HIDDEN_REASONS, DEFAULT_MANNERS, type Manners } from "@/domain/appeal/manners";
import { formatDay } from "../site/format-day";

/**
 * `isHighRisk`: OUTLET_RISK is `high`, so a reader's device stores only one date, and which gift forms it sent.
 * `quietSections`: the sections in which the appeal does not ask.
 */
export type MannerRulesInput = { manners: Manners; quietSections: string[]; isHighRisk: boolean };

export type MannerRuleGroup = { title: string; rules: string[] };

export function listMannerRules(t: Translate, context: MannerRulesInput): MannerRuleGroup[] {
  return [
    { title: t("manners.asks.title"), rules: whenItAsks(t, context) },
    {
      title: t("manners.never.title"),
      rules: BANNER_HIDDEN_REASONS.map((hindrance) => t(`manners.never.${hindrance}`)),
    },
    { title: t("manners.rests.title"), rules: howLongItRests(t, context) },
    { title: t("manners.memory.title"), rules: whatIsRemembered(t, context) },
  ];
}

function whenItAsks(t: Translate, { manners, quietSections }: MannerRulesInput): string[] {
  const percent = (share: number) => Math.round(share * 100);
  const sections = new Intl.ListFormat(t.locale).format(quietSections);
  return [
    t("manners.asks.first", {
      seconds: manners.secondsBeforeAsking,
      percent: percent(manners.shareReadBeforeAsking),
    }),
    t("manners.asks.where"),
    t("manners.asks.sensitive"),
    ...(quietSections.length > 0 ? [t("manners.asks.sections", { sections })] : []),
    t("manners.asks.room", {
      px: DEFAULT_MANNERS.smallestWindowPx,
      percent: percent(DEFAULT_MANNERS.largestShareOfWindow),
    }),
    t("manners.asks.often", {
      between: manners.daysBetweenViews,
      views: manners.mostViews,
      days: DEFAULT_MANNERS.viewsCountedForDays,
    }),
  ];
}

function howLongItRests(t: Translate, { manners, isHighRisk }: MannerRulesInput): string[] {
  const { quietDaysAfter, quietHoursAfterLater, appealEndsAt } = manners;
  const end = appealEndsAt > 0 ? formatDay(new Date(appealEndsAt), { locale: t.locale }) : null;
  const usual = [
    ...(quietHoursAfterLater > 0 ? [t("manners.rests.later", { hours: quietHoursAfterLater })] : []),
    t("manners.rests.not-now", { days: quietDaysAfter["not-now"] }),
    t("manners.rests.gave", { days: quietDaysAfter["already-gave"], gift: quietDaysAfter.gift }),
    t("manners.rests.regular", { days: DEFAULT_MANNERS.quietDaysAfterVisitOfRegularSupporter }),
    t("manners.rests.mail", { days: quietDaysAfter.reminder }),
  ];
  return [
    ...(isHighRisk ? [t("manners.rests.neutral", { days: quietDaysAfter["not-now"] })] : usual),
    ...(end ? [t("manners.rests.appeal-end", { day: end })] : []),
    t("manners.rests.again"),
  ];
}

function whatIsRemembered(t: Translate, { manners, isHighRisk }: MannerRulesInput): string[] {
  if (isHighRisk) return [t("manners.memory.neutral"), t("manners.memory.nothing-sent")];
  return [
    t("manners.memory.banner"),
    t("manners.memory.gift", { days: DEFAULT_MANNERS.daysOfSentForms }),
    t("manners.memory.unfinished", { days: manners.daysOfRecall, hours: manners.hoursBeforeRecall }),
    t("manners.memory.sent"),
  ];
}
