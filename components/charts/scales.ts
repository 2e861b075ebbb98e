// Positions are in percent of the chart's width and height, so that the plot stretches with the window and text keeps
// its size.
import { extent } from "d3-array";
import { scaleBand, scaleLinear } from "d3-scale";
import { stack, stackOffsetDiverging } from "d3-shape";

/**
 * The space above and below the plot, in percent of the chart's height. It keeps the top and bottom labels from being
 * cut off.
 */
const MARGIN = 5;
const TICKS = 4;
/** The maximum width of a bar, in percent of the chart's width. It keeps a single bar from filling the chart. */
const MAX_BAR_WIDTH = 14;

export type ValueScale = { y: (value: number) => number; ticks: number[] };

/** Returns the vertical scale, which includes zero. If all values are zero, it has one tick. */
export function valueScale(values: readonly number[]): ValueScale {
  const [low = 0, high = 0] = extent([0, ...values]);
  if (low === high) return { y: () => 100 - MARGIN, ticks: [0] };
  const scale = scaleLinear()
    .domain([low, high])
    .nice(TICKS)
    .range([100 - MARGIN, MARGIN]);
  return { y: (value) => roundToThousandths(scale(value)), ticks: scale.ticks(TICKS) };
}

export type ChartBandPosition = { x: number; width: number; middle: number };

/** Returns the places of `count` bars from left to right, in percent of the chart's width. */
export function chartBandPositions(count: number): ChartBandPosition[] {
  const keys = Array.from({ length: count }, (_, n) => String(n));
  const scale = scaleBand().domain(keys).range([0, 100]).paddingInner(0.28).paddingOuter(0.14);
  const width = Math.min(scale.bandwidth(), MAX_BAR_WIDTH);
  return keys.map((key) => {
    const middle = (scale(key) ?? 0) + scale.bandwidth() / 2;
    return {
      x: roundToThousandths(middle - width / 2),
      width: roundToThousandths(width),
      middle: roundToThousandths(middle),
    };
  });
}

/**
 * Returns where the part of each value in a stacked bar begins and ends. Positive values stack upwards from zero,
 * negative values downwards.
 */
export function stackedIntervals(values: readonly number[]): [number, number][] {
  const keys = values.map((_, n) => n);
  return stack<readonly number[], number>()
    .keys(keys)
    .value((row, key) => row[key] ?? 0)
    .offset(stackOffsetDiverging)([values])
    .map(([ends]) => [ends?.[0] ?? 0, ends?.[1] ?? 0]);
}

/** The plot's width in pixels, in a narrow window (390 pixels) and a wide one (1280 pixels). */
const PLOT_PX = { narrow: 262, wide: 620 };
const LETTER_PX = 7.5;
const GAP_PX = 10;

export type AxisLabelVisibility = "everywhere" | "wide" | "nowhere";

/**
 * Returns for each label where it is shown: in windows of any width, only in wide windows, or nowhere. The last label
 * is shown in every window.
 */
export function labelVisibilities(labels: readonly string[]): AxisLabelVisibility[] {
  const widest = Math.max(0, ...labels.map((label) => [...label].length)) * LETTER_PX + GAP_PX;
  const everyFor = (px: number) => Math.ceil(labels.length / Math.max(1, Math.floor(px / widest)));
  const wide = everyFor(PLOT_PX.wide);
  const narrow = Math.ceil(everyFor(PLOT_PX.narrow) / wide) * wide;
  return labels.map((_, n) => {
    const fromLast = labels.length - 1 - n;
    if (fromLast % narrow === 0) return "everywhere";
    return fromLast % wide === 0 ? "wide" : "nowhere";
  });
}

export function roundToThousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}
