import {
  chartBandPositions,
  labelVisibilities,
  roundToThousandths,
  stackedIntervals,
  type ValueScale,
  valueScale,
} from "./scales";

/**
 * `axisLabel`: the label below the bar. `tooltipLabel`: the label in its tooltip. `values`: one value for each series.
 * `referenceValue`: a value to compare the bar with, drawn as a line.
 */
export type ChartBar = {
  axisLabel: string;
  tooltipLabel: string;
  values: readonly number[];
  referenceValue?: number | null;
};

type BarChartProps = {
  /**
   * Describes the chart to screen readers, in one or two sentences. Screen readers read the value of each bar from the
   * table beside the chart.
   */
  label: string;
  series: readonly string[];
  /** The name of the reference values. Without it the chart draws no reference lines. */
  referenceName?: string;
  /** Oldest first. */
  bars: readonly ChartBar[];
  formatTick: (value: number) => string;
  formatValue: (value: number) => string;
};

export function BarChart({ label, series, referenceName, bars, formatTick, formatValue }: BarChartProps) {
  const ends = bars.map(({ values }) => stackedIntervals(values));
  const references = referenceName ? bars.flatMap(({ referenceValue }) => referenceValue ?? []) : [];
  const scale = valueScale([...ends.flat(2), ...references]);
  const bands = chartBandPositions(bars.length);
  return (
    <div className="chart-box">
      <ChartLegend series={series} referenceName={referenceName} />
      <div className="chart-plot" role="img" aria-label={label}>
        <ChartTicks scale={scale} format={formatTick} />
        <svg className="chart-area" aria-hidden="true">
          <ChartGridLines scale={scale} />
          {bars.map((bar, n) => (
            <g key={bar.tooltipLabel}>
              {ends[n]?.map((end, at) => (
                <rect
                  key={series[at]}
                  className={`chart-bar chart-tone-${at + 1}`}
                  {...rectOf(end, { scale, x: bands[n]?.x, width: bands[n]?.width })}
                >
                  <title>{`${bar.tooltipLabel} · ${series[at]}: ${formatValue(bar.values[at] ?? 0)}`}</title>
                </rect>
              ))}
              {referenceName && bar.referenceValue !== undefined && bar.referenceValue !== null ? (
                <ChartMark
                  {...markOf(bar.referenceValue, { scale, middle: bands[n]?.middle, count: bars.length })}
                  title={`${bar.tooltipLabel} · ${referenceName}: ${formatValue(bar.referenceValue)}`}
                />
              ) : null}
            </g>
          ))}
        </svg>
        <ChartAxisLabels labels={bars.map(({ axisLabel }) => axisLabel)} />
      </div>
    </div>
  );
}

function rectOf([from, to]: [number, number], at: { scale: ValueScale; x?: number; width?: number }) {
  const [top, bottom] = [at.scale.y(Math.max(from, to)), at.scale.y(Math.min(from, to))];
  return { x: `${at.x}%`, width: `${at.width}%`, y: `${top}%`, height: `${roundToThousandths(bottom - top)}%` };
}

/**
 * Returns the two ends of a reference line. The line is a little wider than its bar, so it is visible even if the bar
 * is exactly as high.
 */
function markOf(value: number, at: { scale: ValueScale; middle?: number; count: number }) {
  const half = Math.min(9, 46 / at.count);
  const middle = at.middle ?? 0;
  const y = `${at.scale.y(value)}%`;
  return { x1: `${roundToThousandths(middle - half)}%`, x2: `${roundToThousandths(middle + half)}%`, y1: y, y2: y };
}

type MarkProps = ReturnType<typeof markOf> & { title: string };

/** Draws a reference line. A border in the page's colour keeps the line visible on every bar. */
function ChartMark({ title, ...place }: MarkProps) {
  return (
    <>
      <line className="chart-mark-rim" {...place} />
      <line className="chart-mark" {...place}>
        <title>{title}</title>
      </line>
    </>
  );
}

export function ChartLegend({ series, referenceName }: { series: readonly string[]; referenceName?: string }) {
  return (
    <ul className="chart-legend" aria-hidden="true">
      {series.map((name, n) => (
        <li key={name}>
          <svg className="chart-swatch" aria-hidden="true">
            <rect className={`chart-bar chart-tone-${n + 1}`} width="100%" height="100%" />
          </svg>
          {name}
        </li>
      ))}
      {referenceName ? (
        <li>
          <svg className="chart-swatch" aria-hidden="true">
            <line className="chart-mark" x1="0" x2="100%" y1="50%" y2="50%" />
          </svg>
          {referenceName}
        </li>
      ) : null}
    </ul>
  );
}

/** Shows the ticks' labels outside the plot. Inside, their text would stretch with the plot. */
export function ChartTicks({ scale, format }: { scale: ValueScale; format: (value: number) => string }) {
  return (
    <svg className="chart-ticks" aria-hidden="true">
      {scale.ticks.map((tick) => (
        <text key={tick} x="100%" y={`${scale.y(tick)}%`} dy="0.35em" textAnchor="end">
          {format(tick)}
        </text>
      ))}
    </svg>
  );
}

export function ChartGridLines({ scale }: { scale: ValueScale }) {
  return scale.ticks.map((tick) => (
    <line
      key={tick}
      className={tick === 0 ? "chart-zero" : "chart-line"}
      x1="0"
      x2="100%"
      y1={`${scale.y(tick)}%`}
      y2={`${scale.y(tick)}%`}
    />
  ));
}

/** Shows the bars' labels. Leaves out labels that would overlap. */
export function ChartAxisLabels({ labels }: { labels: readonly string[] }) {
  const [bands, places] = [chartBandPositions(labels.length), labelVisibilities(labels)];
  return (
    <svg className="chart-labels" aria-hidden="true">
      {labels.map((label, n) =>
        places[n] === "nowhere" ? null : (
          <text
            key={`${bands[n]?.x}`}
            className={places[n] === "wide" ? "chart-wide-only" : undefined}
            x={`${bands[n]?.middle}%`}
            y="1.2em"
            textAnchor="middle"
          >
            {label}
          </text>
        ),
      )}
    </svg>
  );
}
