import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";
import type { FigureName } from "@/domain/newsroom/figure-names";
import { FigureDefinitionLink } from "./figure-link";

type ChartFrameProps = {
  t: Translate;
  id: string;
  title: string;
  figures: readonly FigureName[];
  /** The text below the heading. It names, for example, the currency. */
  note?: ReactNode;
  /** Null if there are no values. */
  chart: ReactNode | null;
  /** A ScrollTable with `labelledBy` set to `${id}-title`. */
  table: ReactNode;
  /** True if the table is unfolded at first. Set this if the table contains more than the chart. */
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

export function ChartLinks({ t, title, csv, figures }: ChartLinksProps) {
  return (
    <p className="chart-links">
      <a href={csv}>{t("charts.csv", { title })}</a>
      <span className="chart-definitions">
        {t("charts.definitions", { count: figures.length })}
        {figures.map((figure) => (
          <FigureDefinitionLink key={figure} t={t} figure={figure} />
        ))}
      </span>
    </p>
  );
}
