// The totals are in large type, because colleagues look for them first.
import type { Translate } from "@/content/messages";
import { addMoney, formatMoney } from "@/domain/money";
import type { CurrencyTotals } from "@/domain/newsroom/totals";

export function MonthSoFar({ t, month, totals }: { t: Translate; month: string; totals: CurrencyTotals[] }) {
  return (
    <section className="month-so-far" aria-labelledby="month-so-far">
      <h2 id="month-so-far">{t("newsroom.month-so-far", { month })}</h2>
      {totals.length === 0 ? <p>{t("newsroom.nothing-this-month")}</p> : null}
      <ul>
        {totals.map((each) => (
          <li key={each.currency}>
            <strong>{formatMoney(each.gross, { locale: t.locale })}</strong>
            <span>{t("newsroom.payments", { count: each.payments })}</span>
            <WentBack t={t} totals={each} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Includes refunds and disputes of payments from earlier months. */
function WentBack({ t, totals: { refunded, disputed } }: { t: Translate; totals: CurrencyTotals }) {
  const back = addMoney(refunded, disputed);
  return back.amountMinor > 0 ? (
    <span>{t("newsroom.month-returned", { amount: formatMoney(back, { locale: t.locale }) })}</span>
  ) : null;
}
