import type { Translate } from "@/content/messages";
import { formatMoney, type Money } from "@/domain/money";
import { publication } from "@/publication";

/**
 * `lastDay` and `oldestRateDay` are days, `asOf` is a date with time, all in ISO 8601. `oldestRateDay` is the day of
 * the oldest exchange rate, or null if nothing was converted.
 */
export type GoalProgressProps = {
  goal: Money;
  kept: Money;
  percent: number;
  lastDay: string;
  asOf: string;
  oldestRateDay: string | null;
};

export function GoalProgress({ t, progress }: { t: Translate; progress: GoalProgressProps }) {
  const { goal, kept, percent, lastDay, asOf, oldestRateDay } = progress;
  const { locale } = t;
  const amounts = { kept: formatMoney(kept, { locale }), goal: formatMoney(goal, { locale }) };
  const label = t("appeal.goal.kept", amounts);
  return (
    <div className="appeal-goal">
      <p className="appeal-goal-amounts">{label}</p>
      <progress className="appeal-goal-bar" max={100} value={percent} aria-label={label} />
      <p className="appeal-goal-note">
        {t("appeal.goal.as-of", { time: formatTime(asOf, locale), day: formatDay(lastDay, locale) })}
        {oldestRateDay ? <> {t("appeal.goal.converted", { day: formatDay(oldestRateDay, locale) })}</> : null}
      </p>
    </div>
  );
}

function formatTime(moment: string, locale: string): string {
  const { timeZone } = publication;
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone }).format(new Date(moment));
}

function formatDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T12:00:00Z`));
}
