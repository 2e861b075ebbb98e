import type { MessageKey, Translate } from "@/content/messages";
import { parseWordsPartName } from "@/domain/appeal/appeal-parts";
import type { FieldProblem } from "@/domain/appeal/forms/fields";
import { formatMoney } from "@/domain/money";
import { formatDateAndTime } from "../format-time";

/**
 * The names of colleagues by their id. Changes that no colleague made, such as a scheduled start, have the id `site`
 * and are not in this map.
 */
export type ColleagueNames = ReadonlyMap<string, string>;

export type AppealsTranslationContext = { t: Translate; names: ColleagueNames; timeZone: string };

export function formatByWhom({ t, names }: AppealsTranslationContext, id: string): string {
  if (id === "site") return t("appeals.by-site");
  const name = names.get(id);
  return name ? t("appeals.by", { name }) : t("appeals.by-unknown");
}

export function formatTimeOnAppealPages(
  { t, timeZone }: Pick<AppealsTranslationContext, "t" | "timeZone">,
  at: Date,
): string {
  return formatDateAndTime(t, { at, timeZone });
}

export function appealPartTitle(t: Translate, part: string): string {
  const named = parseWordsPartName(part);
  if (!named) return t(`appeals.part.${part}` as MessageKey);
  const language = localizedLanguageName(t, named.language);
  return t("appeals.part.words-in", { variant: named.variant.toUpperCase(), language });
}

export function localizedLanguageName(t: Translate, language: string): string {
  return new Intl.DisplayNames(t.locale, { type: "language" }).of(language) ?? language;
}

export function fieldProblemText(t: Translate, { reason, values, limit }: FieldProblem): string {
  const money = limit ? formatMoney(limit, { locale: t.locale }) : "";
  return t(`appeals.problem.${reason}` as MessageKey, { ...values, money });
}

export function fieldErrorFinder(
  t: Translate,
  problems: readonly FieldProblem[],
): (field: string) => string | undefined {
  return (field) => {
    const problem = problems.find((each) => each.field === field);
    return problem && fieldProblemText(t, problem);
  };
}
