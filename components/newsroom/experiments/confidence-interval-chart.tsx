// The plot stretches with the window, but its labels keep their size.

export type ConfidenceIntervalPoint = { day: number; estimate: number; low: number; high: number };

type IntervalChartProps = {
  label: string;
  /** At least one, oldest first. */
  points: ConfidenceIntervalPoint[];
  formatValue: (value: number) => string;
  formatDay: (day: number) => string;
};

/** The empty space above and below the curves, each in percent of the chart's height. */
const MARGIN = 8;

export function ConfidenceIntervalChart({ label, points, formatValue, formatDay }: IntervalChartProps) {
  const { x, y, ticks } = scalesOf(points);
  const line = (value: (point: ConfidenceIntervalPoint) => number) =>
    points.map((point) => `${x(point.day)},${y(value(point))}`);
  // A single point would be invisible, so it becomes a line across the plot.
  const stretch = (path: string[]) =>
    points.length > 1 ? path : [0, 100].map((at) => path[0]?.replace(/^[^,]*/, `${at}`));
  const upper = stretch(line(({ high }) => high));
  const lower = stretch(line(({ low }) => low));
  const [first, last] = [points[0], points.at(-1)];
  return (
    <div className="interval-chart">
      <svg className="interval-ticks" aria-hidden="true">
        {ticks.map((tick) => (
          <text key={tick} x="0" y={`${y(tick)}%`} dy="0.35em">
            {formatValue(tick)}
          </text>
        ))}
      </svg>
      <svg className="interval-plot" role="img" aria-label={label} viewBox="0 0 100 100" preserveAspectRatio="none">
        <polygon className="interval-band" points={[...upper, ...lower.toReversed()].join(" ")} />
        <line className="interval-zero" x1="0" x2="100" y1={y(0)} y2={y(0)} />
        <polyline className="interval-line" points={stretch(line(({ estimate }) => estimate)).join(" ")} />
      </svg>
      <p className="interval-days" aria-hidden="true">
        <span>{first ? formatDay(first.day) : null}</span>
        {points.length > 1 ? <span>{last ? formatDay(last.day) : null}</span> : null}
      </p>
    </div>
  );
}

/**
 * Returns both scales and the vertical ticks. The vertical scale always includes zero, and a tick too close to zero is
 * left out.
 */
function scalesOf(points: readonly ConfidenceIntervalPoint[]) {
  const top = Math.max(0, ...points.map(({ high }) => high));
  const bottom = Math.min(0, ...points.map(({ low }) => low));
  const height = top - bottom || 1;
  const [first = 0, last = 0] = [points[0]?.day, points.at(-1)?.day];
  const y = (value: number) => round(MARGIN + ((top - value) / height) * (100 - 2 * MARGIN));
  const x = (day: number) => round(last > first ? ((day - first) / (last - first)) * 100 : 0);
  const ticks = [top, bottom].filter((tick) => Math.abs(y(tick) - y(0)) > MARGIN);
  return { x, y, ticks: [...ticks, 0] };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
