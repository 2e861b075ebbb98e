import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import type { CurrencyTotals, PendingDebitTotals } from "@/domain/newsroom/totals";
import { ScrollTable } from "../ui/scroll-table";
import { AmountList, NoAmountDash } from "./amounts";

const FIXED_COLUMNS = 6;

export type NamedPeriodTotals = { name: string; totals: CurrencyTotals[] };
type MoneyReceivedProps = {
  t: Translate;
  periods: NamedPeriodTotals[];
  pending: PendingDebitTotals[];
  children: ReactNode;
};
type Back = "refunded" | "disputed";

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
        {pending.length > 0 ? <PendingRows t={t} pending={pending} back={back} /> : null}
      </ScrollTable>
      {pending.length > 0 ? <p className="newsroom-note">{t("newsroom.money.on-its-way-note")}</p> : null}
      {children}
    </section>
  );
}

function PeriodRows({ t, period, back }: { t: Translate; period: NamedPeriodTotals; back: Back[] }) {
  const columns = FIXED_COLUMNS + back.length;
  return (
    <tbody>
      <GroupHead name={period.name} columns={columns} />
      {period.totals.length === 0 ? (
        <tr>
          <td colSpan={columns}>{t("newsroom.money.none")}</td>
        </tr>
      ) : null}
      {period.totals.map((totals) => (
        <CurrencyRow key={totals.currency} t={t} totals={totals} open={<FeesToCome t={t} {...totals} />}>
          {back.map((way) => (
            <td key={way} className="figure" data-label={t(`newsroom.money.${way}`)}>
              <AmountList t={t} amounts={totals[way].amountMinor === 0 ? [] : [totals[way]]} />
            </td>
          ))}
        </CurrencyRow>
      ))}
    </tbody>
  );
}

/** Shows the bank debits that can still bounce. They are not counted in the periods above. */
function PendingRows({ t, pending, back }: { t: Translate; pending: PendingDebitTotals[]; back: Back[] }) {
  return (
    <tbody className="on-its-way">
      <GroupHead name={t("newsroom.money.on-its-way")} columns={FIXED_COLUMNS + back.length} />
      {pending.map((totals) => (
        <CurrencyRow key={totals.currency} t={t} totals={totals} open={<NoAmountDash t={t} />}>
          {back.map((way) => (
            <td key={way} className="figure not-when-stacked">
              <NoAmountDash t={t} />
            </td>
          ))}
        </CurrencyRow>
      ))}
    </tbody>
  );
}

function GroupHead({ name, columns }: { name: string; columns: number }) {
  return (
    <tr className="row-head">
      <th scope="rowgroup" colSpan={columns}>
        {name}
      </th>
    </tr>
  );
}

type CurrencyRowProps = { t: Translate; totals: PendingDebitTotals; open: ReactNode; children: ReactNode };

/** `children`: the cells for refunds and disputes. `open`: the payments whose fees Stripe has not reported yet. */
function CurrencyRow({ t, totals, open, children }: CurrencyRowProps) {
  const { currency, payments, gross, settled } = totals;
  return (
    <tr>
      <th scope="row">{currency}</th>
      <td className="figure" data-label={t("newsroom.money.payments")}>
        {payments.toLocaleString(t.locale)}
      </td>
      <td className="figure" data-label={t("newsroom.money.gross")}>
        {formatMoney(gross, { locale: t.locale, alwaysDecimals: true })}
      </td>
      {children}
      <td className="figure" data-label={t("newsroom.money.fees")}>
        <AmountList t={t} amounts={settled.map(({ fee }) => fee)} />
      </td>
      <td className="figure" data-label={t("newsroom.money.net")}>
        <AmountList t={t} amounts={settled.map(({ net }) => net)} />
      </td>
      <td className="figure" data-label={t("newsroom.money.open")}>
        {open}
      </td>
    </tr>
  );
}

function FeesToCome({ t, unsettled }: { t: Translate } & Pick<CurrencyTotals, "unsettled">) {
  if (!unsettled) return <NoAmountDash t={t} />;
  const amount = formatMoney(unsettled.gross, { locale: t.locale, alwaysDecimals: true });
  return t("newsroom.money.open-for", { count: unsettled.payments, amount });
}
