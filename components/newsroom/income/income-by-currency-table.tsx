// Fees and net amounts are in the currency of the Stripe balance.
import { FigureDefinitionLink } from "@/components/charts/figure-link";
import { ScrollTable } from "@/components/ui/scroll-table";
import type { Translate } from "@/content/messages";
import { formatMoneyWithDecimals } from "@/domain/money";
import type { CurrencyIncome } from "@/domain/newsroom/income";
import { AmountList } from "../amounts";

const FIGURES = ["payments", "gross", "returned", "kept", "fees", "covered", "net"] as const;

export function IncomeByCurrencyTable({ t, incomes }: { t: Translate; incomes: readonly CurrencyIncome[] }) {
  if (incomes.length === 0) return <p className="newsroom-note">{t("income.nothing")}</p>;
  return (
    <>
      <h3 id="exact-title">{t("income.exact.title")}</h3>
      <ScrollTable className="table-stacked" labelledBy="exact-title">
        <thead>
          <tr>
            <th scope="col">{t("income.currency")}</th>
            {FIGURES.map((figure) => (
              <th key={figure} scope="col" className="figure">
                <FigureDefinitionLink t={t} figure={figure} />
              </th>
            ))}
            <th scope="col" className="figure">
              {t("income.unsettled")}
            </th>
          </tr>
        </thead>
        <tbody>
          {incomes.map((income) => (
            <ExactRow key={income.currency} t={t} income={income} />
          ))}
        </tbody>
      </ScrollTable>
    </>
  );
}

function ExactRow({ t, income }: { t: Translate; income: CurrencyIncome }) {
  const { currency, payments, gross, returned, kept, fees, covered, net, unsettled } = income;
  const name = (figure: (typeof FIGURES)[number]) => t(`figure.${figure}.name`);
  return (
    <tr>
      <th scope="row">{currency}</th>
      <td className="figure" data-label={name("payments")}>
        {payments.toLocaleString(t.locale)}
      </td>
      <td className="figure" data-label={name("gross")}>
        {formatMoneyWithDecimals(t.locale, gross)}
      </td>
      <td className="figure" data-label={name("returned")}>
        {formatMoneyWithDecimals(t.locale, returned)}
      </td>
      <td className="figure" data-label={name("kept")}>
        {formatMoneyWithDecimals(t.locale, kept)}
      </td>
      <td className="figure" data-label={name("fees")}>
        <AmountList t={t} amounts={fees} />
      </td>
      <td className="figure" data-label={name("covered")}>
        {formatMoneyWithDecimals(t.locale, covered)}
      </td>
      <td className="figure" data-label={name("net")}>
        <AmountList t={t} amounts={net} />
      </td>
      <td className="figure" data-label={t("income.unsettled")}>
        <AmountList t={t} amounts={unsettled.gross.amountMinor === 0 ? [] : [unsettled.gross]} />
      </td>
    </tr>
  );
}
