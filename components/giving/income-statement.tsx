import { type Translate, translator } from "@/content/messages";
import { formatMoney } from "@/domain/money";
import {
  MIN_SUPPORTERS_TO_PUBLISH_INCOME,
  type PublicIncome,
  type PublicIncomeMonth,
} from "@/domain/newsroom/public-income";
import type { Publication } from "@/domain/publication";
import { formatDay } from "../site/format-day";
import { ScrollTable } from "../ui/scroll-table";

const COLUMNS = ["kept", "fees", "net"] as const;

type IncomeStatementProps = { locale: string; publication: Publication; income: PublicIncome };

export function PublicIncomeStatement({ locale, publication, income }: IncomeStatementProps) {
  const t = translator(locale);
  const { currency, missing, months } = income;
  return (
    <div className="page page-narrow income-statement">
      <h1 id="income-statement">{t("income.public.title")}</h1>
      <p>{t("income.public.intro", { name: publication.name, currency })}</p>
      {months.length === 0 ? <p>{t("income.public.none")}</p> : <Months t={t} months={months} />}
      <p className="income-statement-note">{t("income.public.note", { fewest: MIN_SUPPORTERS_TO_PUBLISH_INCOME })}</p>
      {missing.length > 0 ? (
        <p className="income-statement-note">
          {t("income.public.missing", { currencies: new Intl.ListFormat(locale).format(missing) })}
        </p>
      ) : null}
    </div>
  );
}

function Months({ t, months }: { t: Translate; months: readonly PublicIncomeMonth[] }) {
  return (
    <ScrollTable labelledBy="income-statement">
      <thead>
        <tr>
          <th scope="col">{t("income.public.month")}</th>
          {COLUMNS.map((figure) => (
            <th key={figure} scope="col" className="figure">
              {t(`income.public.${figure}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {months.toReversed().map(({ month, sums }) => (
          <tr key={month}>
            <th scope="row">{monthName(t.locale, month)}</th>
            {sums ? (
              COLUMNS.map((figure) => (
                <td key={figure} className="figure">
                  {formatMoney(sums[figure], { locale: t.locale })}
                </td>
              ))
            ) : (
              <td colSpan={COLUMNS.length}>{t("income.public.withheld")}</td>
            )}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function monthName(locale: string, month: string): string {
  return formatDay(`${month}-15T12:00:00Z`, { locale, style: "month", timeZone: "UTC" });
}
