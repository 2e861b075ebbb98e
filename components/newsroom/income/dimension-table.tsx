// Shows the income of each part of a dimension, such as each article. The part with the highest net amount comes first.
import { ChartLinks } from "@/components/charts/chart-frame";
import { ShareBar } from "@/components/charts/share-bar";
import { ScrollTable } from "@/components/ui/scroll-table";
import type { Translate } from "@/content/messages";
import { formatMoneyWithDecimals } from "@/domain/money";
import type { IncomeDimension, IncomeOfDimensionValue } from "@/domain/newsroom/income-report";
import type { FindArticleHeadline } from "../headline";
import { dimensionValueName } from "./income-words";

/** The figures of the last columns, to which one must scroll on a phone. */
const REST = ["gross", "kept", "fees"] as const;
/** The page shows at most this many rows. The CSV file contains all rows. */
const MAX_ROWS = 20;
/**
 * For these dimensions, the page warns that a larger sum does not prove that a part worked better. The table does not
 * show how many readers saw each part.
 */
const UNSEEN: readonly IncomeDimension[] = ["appeal", "variant", "placement"];

type DimensionTableProps = {
  t: Translate;
  dimension: IncomeDimension;
  parts: readonly IncomeOfDimensionValue[];
  /** Such as "November 2026". */
  period: string;
  findHeadline: FindArticleHeadline;
  csv: string;
};

export function IncomeByDimensionTable({ t, dimension, parts, period, findHeadline, csv }: DimensionTableProps) {
  const title = t(`income.by.${dimension}`);
  const currency = parts[0]?.line.converted.net.currency ?? "";
  const figures = dimension === "supporter" ? (["new-or-returning", "net"] as const) : (["net"] as const);
  return (
    <section className="newsroom-part" id={`by-${dimension}`}>
      <h2 id={`by-${dimension}-title`}>{title}</h2>
      {parts.length === 0 ? <p className="newsroom-note">{t("income.nothing")}</p> : null}
      {parts.length > 0 ? (
        <>
          <p className="newsroom-note">
            {t("income.by.note", { period, currency })} {UNSEEN.includes(dimension) ? t("income.by.unseen") : null}
          </p>
          <PartRows {...{ t, dimension, parts, findHeadline }} />
        </>
      ) : null}
      {parts.length > MAX_ROWS ? (
        <p className="newsroom-note">{t("income.by.more", { count: parts.length - MAX_ROWS })}</p>
      ) : null}
      <ChartLinks t={t} title={title} csv={csv} figures={figures} />
    </section>
  );
}

type PartRowsProps = Pick<DimensionTableProps, "t" | "dimension" | "parts" | "findHeadline">;

function PartRows({ t, dimension, parts, findHeadline }: PartRowsProps) {
  const all = parts.reduce((sum, { line }) => sum + Math.max(0, line.converted.net.amountMinor), 0);
  return (
    <ScrollTable className="table-stacked" labelledBy={`by-${dimension}-title`}>
      <thead>
        <tr>
          <th scope="col">{t(`income.by.${dimension}`)}</th>
          <th scope="col" className="figure">
            {t("figure.net.name")}
          </th>
          <th scope="col">{t("income.by.share")}</th>
          <th scope="col" className="figure">
            {t("figure.payments.name")}
          </th>
          {REST.map((figure) => (
            <th key={figure} scope="col" className="figure">
              {t(`figure.${figure}.name`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {parts.slice(0, MAX_ROWS).map(({ name, line }) => (
          <tr key={name}>
            <th scope="row" className={dimension === "article" ? "article-name division-name" : "division-name"}>
              {dimensionValueName(t, { dimension, name, findHeadline })}
            </th>
            <td className="figure" data-label={t("figure.net.name")}>
              {formatMoneyWithDecimals(t.locale, line.converted.net)}
            </td>
            <td data-label={t("income.by.share")}>
              <ShareBar locale={t.locale} share={all > 0 ? Math.max(0, line.converted.net.amountMinor) / all : 0} />
            </td>
            <td className="figure" data-label={t("figure.payments.name")}>
              {line.payments.toLocaleString(t.locale)}
            </td>
            {REST.map((figure) => (
              <td key={figure} className="figure" data-label={t(`figure.${figure}.name`)}>
                {formatMoneyWithDecimals(t.locale, line.converted[figure])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
