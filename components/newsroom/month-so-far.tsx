// The figures that a newsroom looks for first, set large.
import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import type { CurrencyTotals } from "@/domain/newsroom/totals";

export function MonthSoFar({ t, month, totals }: { t: Translate; month: string; totals: CurrencyTotals[] }) {
  return (
    <section className="month-so-far" aria-labelledby="month-so-far">
      <h2 id="month-so-far">{t("newsroom.month-so-far", { month })}</h2>
      {totals.length === 0 ? <p>{t("newsroom.nothing-this-month")}</p> : null}
      <ul>
        {totals.map(({ currency, gross, payments }) => (
          <li key={currency}>
            <strong>{formatMoney(gross, { locale: t.locale })}</strong>
            <span>{t("newsroom.payments", { count: payments })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
