// The parts around every chart: a heading, the same values as a table and as a CSV file, and links to the definitions of the
// numbers.
import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";
import type { FigureName } from "@/domain/newsroom/figure-names";
import { FigureDefinitionLink } from "./figure-link";

type ChartFrameProps = {
  t: Translate;
  /** The id of the <figure> element, and the prefix of its heading's id. */
  id: string;
  title: string;
  figures: readonly FigureName[];
  /** One sentence below the heading, with the period and the currency. */
  note?: ReactNode;
  /** Null if there are no values; the frame then shows a text that says this. */
  chart: ReactNode | null;
  /** The table: a ScrollTable with `labelledBy` set to `${id}-title`. */
  table: ReactNode;
  /** True if the table is open at first, because it shows more than the chart. */
  isTableOpen?: boolean;
  csv: string;
};

export function ChartFrame({ t, id, title, figures, note, chart, table, isTableOpen, csv }: ChartFrameProps) {
  return (
    <figure className="chart-frame" id={id} aria-labelledby={`${id}-title`}>
      <figcaption className="chart-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {note ? <p>{note}</p> : null}
      </figcaption>
      {chart ?? <p className="chart-empty">{t("charts.empty")}</p>}
      <details className="chart-values" open={isTableOpen}>
        <summary>{t("charts.table")}</summary>
        {table}
      </details>
      <ChartLinks t={t} title={title} csv={csv} figures={figures} />
    </figure>
  );
}

type ChartLinksProps = { t: Translate; title: string; csv: string; figures: readonly FigureName[] };

/** Links to the CSV file with the same values, and to the definitions of the numbers. */
export function ChartLinks({ t, title, csv, figures }: ChartLinksProps) {
  return (
    <p className="chart-links">
      <a href={csv}>{t("charts.csv", { title })}</a>
      {figures.map((figure) => (
        <FigureDefinitionLink key={figure} t={t} figure={figure} />
      ))}
    </p>
  );
}
