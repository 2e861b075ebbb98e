import { roundToThousandths } from "./scales";

type RangeChartProps = {
  label: string;
  low: number;
  value: number;
  high: number;
  /** The value at the right end. */
  maxValue: number;
  /** Below the left and right end. */
  endLabels: readonly [string, string];
};

export function RangeChart({ label, low, value, high, maxValue, endLabels }: RangeChartProps) {
  const at = (each: number) =>
    maxValue > 0 ? roundToThousandths((Math.max(0, Math.min(each, maxValue)) / maxValue) * 100) : 0;
  return (
    <div className="chart-range" role="img" aria-label={label}>
      <svg className="chart-range-area" aria-hidden="true">
        <line className="chart-zero" x1="0" x2="100%" y1="50%" y2="50%" />
        <rect
          className="chart-bar chart-tone-2"
          x={`${at(low)}%`}
          width={`${roundToThousandths(at(high) - at(low))}%`}
          y="25%"
          height="50%"
        />
        <line className="chart-mark-rim" x1={`${at(value)}%`} x2={`${at(value)}%`} y1="0" y2="100%" />
        <line className="chart-range-value" x1={`${at(value)}%`} x2={`${at(value)}%`} y1="0" y2="100%" />
      </svg>
      <div className="chart-range-ends" aria-hidden="true">
        <span>{endLabels[0]}</span>
        <span>{endLabels[1]}</span>
      </div>
    </div>
  );
}
