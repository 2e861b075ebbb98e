import type { Translate } from "@/content/messages";
import { formatMoney, formatMoneyWithDecimals, type MoneyInAnyCurrency } from "@/domain/money";
import {
  type RecurringMovementsOfMonth,
  SHOWN_RECURRING_MOVEMENT_KINDS,
  type ShownRecurringMovementKind,
} from "@/domain/newsroom/recurring-report";
import { ExchangeRatesNote } from "../income/exchange-rates-note";
import { formatPeriod } from "../income/income-words";

export function LatestRecurringValueSummary({
  t,
  months,
}: {
  t: Translate;
  months: readonly RecurringMovementsOfMonth[];
}) {
  const last = months.at(-1);
  if (!last) return null;
  const { end } = last.converted;
  return (
    <section className="newsroom-part renewals-value" aria-labelledby="value">
      <h2 id="value">{t("figure.monthly-value.name")}</h2>
      <strong>{formatMoney(end, { locale: t.locale })}</strong>
      <p>{recurringMovementsOfMonthSentence(t, last)}</p>
      <ExchangeRatesNote t={t} lines={[last]} />
    </section>
  );
}

/** Returns a sentence such as "It grew by €12.00 from Nov 1, 2026: 3 new (+€20.00) and 1 lost (−€8.00)." */
export function recurringMovementsOfMonthSentence(
  t: Translate,
  { range, converted }: RecurringMovementsOfMonth,
): string {
  const { start, end, byKind } = converted;
  const moved = SHOWN_RECURRING_MOVEMENT_KINDS.filter((kind) => byKind[kind].movements > 0).map((kind) =>
    t("renewals.moved", {
      ...{ count: byKind[kind].movements, what: recurringMovementKindName(t, kind).toLocaleLowerCase(t.locale) },
      worth: formatSignedAmount(t.locale, byKind[kind].worth),
    }),
  );
  const difference = { ...end, amountMinor: Math.abs(end.amountMinor - start.amountMinor) };
  return t("renewals.sentence", {
    ...{ day: formatPeriod(t.locale, { from: range.from, to: range.from }), moved: moved.length },
    way: Math.sign(end.amountMinor - start.amountMinor) + 1,
    ...{ amount: formatMoneyWithDecimals(t.locale, difference), list: new Intl.ListFormat(t.locale).format(moved) },
  });
}

/** Returns the name of the figure for this kind of movement. */
export function recurringMovementKindName(t: Translate, kind: ShownRecurringMovementKind): string {
  if (kind === "returned") return t("figure.returned-gift.name");
  if (kind === "paused") return t("figure.paused-movement.name");
  return t(`figure.${kind}.name`);
}

export function formatSignedAmount(locale: string, money: MoneyInAnyCurrency): string {
  const text = formatMoneyWithDecimals(locale, { ...money, amountMinor: Math.abs(money.amountMinor) });
  if (money.amountMinor === 0) return text;
  return money.amountMinor > 0 ? `+${text}` : `−${text}`;
}
