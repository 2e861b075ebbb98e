// Gross, fees and net per currency, for today, this month and all time; what went back has columns only where something did,
// and what is on its way stands apart.
import { Fragment, type ReactNode } from "react";
import type { Translate } from "@/content/messages";
import { formatMoney, type SettledMoney } from "@/domain/money";
import type { CurrencyTotals, PendingTotals } from "@/domain/newsroom/totals";
import { Nothing, ScrollTable } from "../ui/scroll-table";

const FIXED_COLUMNS = 6;

export type Period = { name: string; totals: CurrencyTotals[] };
type MoneyReceivedProps = { t: Translate; periods: Period[]; pending: PendingTotals[]; children: ReactNode };
/** What went back, of which there may have been nothing. */
type Back = "refunded" | "disputed";

/** `children`: notes below the sums. */
export function MoneyReceived({ t, periods, pending, children }: MoneyReceivedProps) {
  const all = periods.flatMap(({ totals }) => totals);
  const back = (["refunded", "disputed"] as const).filter((way) => all.some((totals) => totals[way].amountMinor !== 0));
  return (
    <section className="newsroom-part">
      <h2 id="money-received">{t("newsroom.money.title")}</h2>
      <p className="newsroom-note">{t("newsroom.money.note")}</p>
      <ScrollTable className="table-stacked" labelledBy="money-received">
        <thead>
          <tr>
            <th scope="col">{t("newsroom.money.currency")}</th>
            <th scope="col" className="figure">
              {t("newsroom.money.payments")}
            </th>
            <th scope="col" className="figure">
              {t("newsroom.money.gross")}
            </th>
            {back.map((way) => (
              <th key={way} scope="col" className="figure">
                {t(`newsroom.money.${way}`)}
              </th>
            ))}
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
          <PeriodRows key={period.name} t={t} period={period} back={back} />
        ))}
        {pending.length > 0 ? <PendingRows t={t} pending={pending} columns={FIXED_COLUMNS + back.length} /> : null}
      </ScrollTable>
      {pending.length > 0 ? <p className="newsroom-note">{t("newsroom.money.on-its-way-note")}</p> : null}
      {children}
    </section>
  );
}

function PeriodRows({ t, period, back }: { t: Translate; period: Period; back: Back[] }) {
  const columns = FIXED_COLUMNS + back.length;
  return (
    <tbody>
      <tr className="row-head">
        <th scope="rowgroup" colSpan={columns}>
          {period.name}
        </th>
      </tr>
      {period.totals.length === 0 ? (
        <tr>
          <td colSpan={columns}>{t("newsroom.money.none")}</td>
        </tr>
      ) : null}
      {period.totals.map((totals) => (
        <CurrencyRow key={totals.currency} t={t} totals={totals} back={back} />
      ))}
    </tbody>
  );
}

function CurrencyRow({ t, totals, back }: { t: Translate; totals: CurrencyTotals; back: Back[] }) {
  const { currency, payments, gross, settled, unsettled } = totals;
  const exact = { locale: t.locale, exact: true };
  return (
    <tr>
      <th scope="row">{currency}</th>
      <td className="figure" data-label={t("newsroom.money.payments")}>
        {payments.toLocaleString(t.locale)}
      </td>
      <td className="figure" data-label={t("newsroom.money.gross")}>
        {formatMoney(gross, exact)}
      </td>
      {back.map((way) => (
        <td key={way} className="figure" data-label={t(`newsroom.money.${way}`)}>
          <Amounts t={t} amounts={totals[way].amountMinor === 0 ? [] : [totals[way]]} />
        </td>
      ))}
      <td className="figure" data-label={t("newsroom.money.fees")}>
        <Amounts t={t} amounts={settled.map(({ fee }) => fee)} />
      </td>
      <td className="figure" data-label={t("newsroom.money.net")}>
        <Amounts t={t} amounts={settled.map(({ net }) => net)} />
      </td>
      <td className="figure" data-label={t("newsroom.money.open")}>
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
export function Amounts({ t, amounts }: { t: Translate; amounts: SettledMoney[] }) {
  if (amounts.length === 0) return <Nothing sign={t("newsroom.none")} spoken={t("newsroom.none-spoken")} />;
  return amounts.map((sum, index) => (
    <Fragment key={sum.currency}>
      {index > 0 ? <br /> : null}
      {formatMoney(sum, { locale: t.locale, exact: true })}
    </Fragment>
  ));
}

/** Under the rest and in none of it: bank debits that may still bounce. */
function PendingRows({ t, pending, columns }: { t: Translate; pending: PendingTotals[]; columns: number }) {
  const none = <Nothing sign={t("newsroom.none")} spoken={t("newsroom.none-spoken")} />;
  return (
    <tbody className="on-its-way">
      <tr className="row-head">
        <th scope="rowgroup" colSpan={columns}>
          {t("newsroom.money.on-its-way")}
        </th>
      </tr>
      {pending.map(({ currency, payments, gross, settled }) => (
        <tr key={currency}>
          <th scope="row">{currency}</th>
          <td className="figure" data-label={t("newsroom.money.payments")}>
            {payments.toLocaleString(t.locale)}
          </td>
          <td className="figure" data-label={t("newsroom.money.gross")}>
            {formatMoney(gross, { locale: t.locale, exact: true })}
          </td>
          {Array.from({ length: columns - FIXED_COLUMNS }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns never move.
            <td key={index} className="figure not-when-stacked">
              {none}
            </td>
          ))}
          <td className="figure" data-label={t("newsroom.money.fees")}>
            <Amounts t={t} amounts={settled.map(({ fee }) => fee)} />
          </td>
          <td className="figure" data-label={t("newsroom.money.net")}>
            <Amounts t={t} amounts={settled.map(({ net }) => net)} />
          </td>
          <td className="figure" data-label={t("newsroom.money.open")}>
            {none}
          </td>
        </tr>
      ))}
    </tbody>
  );
}
