"use client";
// The chart of twelve months, drawn in the browser only. On the server it would need inline styles, which the content policy
// refuses. The table beside it holds the same figures.
import { memo, useEffect, useState } from "react";
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { type Currency, formatMoney } from "@/domain/money";

/** `once` and `recurring` are in minor units. */
type ChartMonth = { short: string; name: string; once: number; recurring: number };
type YearChartProps = {
  locale: string;
  currency: Currency;
  words: { once: string; recurring: string };
  months: ChartMonth[];
};

const HEIGHT_PX = 416;
const TOOLTIP = { background: "var(--paper)", border: "1px solid var(--rule-strong)", color: "var(--ink)" };
const TOOLTIP_ROW = { color: "var(--ink)", padding: 0 };
const TICK = { fill: "var(--ink-soft)", fontSize: 13 };

/** `memo` keeps draw-part.tsx from calling the chart on the server. */
export const YearChart = memo(function YearChart({ locale, currency, words, months }: YearChartProps) {
  const [isHere, setHere] = useState(false);
  useEffect(() => setHere(true), []);
  const format = (amountMinor: number) => formatMoney({ amountMinor: Math.round(amountMinor), currency }, { locale });
  return (
    <div className="chart" aria-hidden="true">
      {isHere ? (
        <ResponsiveContainer width="100%" height={HEIGHT_PX}>
          <BarChart data={months} accessibilityLayer={false} barCategoryGap="22%">
            <CartesianGrid vertical={false} stroke="var(--rule)" />
            <XAxis
              dataKey="short"
              tick={TICK}
              tickLine={false}
              axisLine={{ stroke: "var(--rule-strong)" }}
              interval="equidistantPreserveStart"
            />
            <YAxis tick={TICK} tickLine={false} axisLine={false} tickFormatter={format} width="auto" tickCount={5} />
            <Tooltip
              isAnimationActive={false}
              contentStyle={TOOLTIP}
              itemStyle={TOOLTIP_ROW}
              cursor={{ fill: "var(--paper-raised)" }}
              labelFormatter={(_label, [first]) => (first?.payload as ChartMonth | undefined)?.name}
              formatter={(value) => format(Number(value))}
            />
            <Legend align="left" verticalAlign="top" height={36} formatter={legendWord} />
            <Bar {...bar} dataKey="recurring" name={words.recurring} fill="var(--accent)" />
            <Bar {...bar} dataKey="once" name={words.once} fill="var(--rule-strong)" />
          </BarChart>
        </ResponsiveContainer>
      ) : null}
    </div>
  );
});

/** Draws the legend in the text colour, because the colour of the bars is too faint to read. */
function legendWord(word: string) {
  return <span className="chart-word">{word}</span>;
}

const bar = { stackId: "month", isAnimationActive: false, stroke: "var(--paper)", strokeWidth: 1 };
