// Gross, fees and net per currency, for today, this month and all time.
import { Fragment } from "react";
import type { Translate } from "@/content/messages";
import { formatMoney, type SettledMoney } from "@/domain/money";
import type { CurrencyTotals, PendingTotals } from "@/domain/newsroom/totals";
import { Nothing, ScrollTable } from "../ui/scroll-table";

export type Period = { name: string; totals: CurrencyTotals[] };
type MoneyReceivedProps = { t: Translate; periods: Period[]; pending: PendingTotals[] };

export function MoneyReceived({ t, periods, pending }: MoneyReceivedProps) {
  return (
    <section className="newsroom-part">
      <h2 id="money-received">{t("newsroom.money.title")}</h2>
      <p className="newsroom-note">{t("newsroom.money.note")}</p>
      <ScrollTable labelledBy="money-received">
        <thead>
          <tr>
            <th scope="col">{t("newsroom.money.currency")}</th>
            <th scope="col" className="figure">
              {t("newsroom.money.payments")}
            </th>
            <th scope="col" className="figure">
              {t("newsroom.money.gross")}
            </th>
            <th scope="col" className="figure">
              {t("newsroom.money.fees")}
            </th>
            <th scope="col" className="figure">
              {t("newsroom.money.net")}
            </th>
            <th scope="col" className="figure">
              {t("newsroom.money.open")}
            </th>
          </tr>
        </thead>
        {periods.map((period) => (
          <PeriodRows key={period.name} t={t} period={period} />
        ))}
      </ScrollTable>
      {pending.length > 0 ? <p className="newsroom-note">{pendingText(t, pending)}</p> : null}
    </section>
  );
}

function PeriodRows({ t, period }: { t: Translate; period: Period }) {
  return (
    <tbody>
      <tr className="row-head">
        <th scope="rowgroup" colSpan={6}>
          {period.name}
        </th>
      </tr>
      {period.totals.length === 0 ? (
        <tr>
          <td colSpan={6}>{t("newsroom.money.none")}</td>
        </tr>
      ) : null}
      {period.totals.map((totals) => (
        <CurrencyRow key={totals.currency} t={t} totals={totals} />
      ))}
    </tbody>
  );
}

function CurrencyRow({ t, totals }: { t: Translate; totals: CurrencyTotals }) {
  const { currency, payments, gross, settled, unsettled } = totals;
  const exact = { locale: t.locale, exact: true };
  return (
    <tr>
      <th scope="row">{currency}</th>
      <td className="figure">{payments.toLocaleString(t.locale)}</td>
      <td className="figure">{formatMoney(gross, exact)}</td>
      <td className="figure">
        <Sums t={t} sums={settled.map(({ fee }) => fee)} />
      </td>
      <td className="figure">
        <Sums t={t} sums={settled.map(({ net }) => net)} />
      </td>
      <td className="figure">
        {unsettled ? (
          t("newsroom.money.open-for", { count: unsettled.payments, amount: formatMoney(unsettled.gross, exact) })
        ) : (
          <Nothing sign={t("newsroom.none")} spoken={t("newsroom.none-spoken")} />
        )}
      </td>
    </tr>
  );
}

/** One below the other: they are of different currencies, and no sum of them exists. */
export function Sums({ t, sums }: { t: Translate; sums: SettledMoney[] }) {
  if (sums.length === 0) return <Nothing sign={t("newsroom.none")} spoken={t("newsroom.none-spoken")} />;
  return sums.map((sum, index) => (
    <Fragment key={sum.currency}>
      {index > 0 ? <br /> : null}
      {formatMoney(sum, { locale: t.locale, exact: true })}
    </Fragment>
  ));
}

function pendingText(t: Translate, pending: PendingTotals[]): string {
  const sums = pending.map(({ payments, gross }) =>
    t("newsroom.pending-sum", { count: payments, amount: formatMoney(gross, { locale: t.locale, exact: true }) }),
  );
  return t("newsroom.pending", { sums: new Intl.ListFormat(t.locale).format(sums) });
}
