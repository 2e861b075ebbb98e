import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { translator } from "@/content/messages";
import { BarChart, type ChartBar } from "./bar-chart";
import { ChartFrame } from "./chart-frame";
import { labelVisibilities } from "./scales";

const bar = (values: number[], mark?: number, n = 0): ChartBar => ({
  axisLabel: `B${n}`,
  tooltipLabel: `Bar ${n}`,
  values,
  referenceValue: mark,
});

function render(bars: ChartBar[], markName?: string): string {
  const series = ["one", "two", "three"];
  const format = (value: number) => `€${value}`;
  return renderToStaticMarkup(
    <BarChart
      label="A label."
      formatTick={format}
      formatValue={format}
      {...{ series, bars, referenceName: markName }}
    />,
  );
}

type Box = { x: number; y: number; width: number; height: number; bottom: number };
function boxesIn(html: string): Box[] {
  const [, area = ""] = /<svg class="chart-area".*?>(.*?)<\/svg>/s.exec(html) ?? [];
  return [...area.matchAll(/<rect ([^>]*)>/g)].map(([, attributes = ""]) => {
    const of = (name: string) => Number(new RegExp(`\\b${name}="([\\d.]+)%"`).exec(attributes)?.[1]);
    const [x, y, width, height] = [of("x"), of("y"), of("width"), of("height")];
    return { x, y, width, height, bottom: y + height };
  });
}

test("bars stand on one base line, with heights proportional to their values", () => {
  const boxes = boxesIn(render([bar([100], undefined, 1), bar([250], undefined, 2), bar([0], undefined, 3)]));
  const [first, second, third] = boxes as [Box, Box, Box];
  expect(second.height / first.height).toBeCloseTo(2.5, 2);
  expect(third.height).toBe(0);
  expect(first.bottom).toBeCloseTo(second.bottom, 2);
  expect(first.x + first.width).toBeLessThan(second.x);
});

test("stacked values follow each other without a gap, and negative values extend below the base line", () => {
  const [one, two, three] = boxesIn(render([bar([300, 100, -200])])) as [Box, Box, Box];
  expect(two.bottom).toBeCloseTo(one.y, 2);
  expect(three.y).toBeCloseTo(one.bottom, 2);
  expect(one.height / two.height).toBeCloseTo(3, 2);
  expect(three.height / two.height).toBeCloseTo(2, 2);
});

test("no bar, mark or tick leaves the plot, even with extreme values", () => {
  const html = render([bar([1, 0, -999_999], 5_000_000, 1), bar([123_456_789], -77, 2)], "before");
  const at = [...html.matchAll(/\b(?:x|y|x1|x2|y1|y2)="(-?[\d.]+)%"/g)].map(([, value]) => Number(value));
  expect(at.length).toBeGreaterThan(20);
  expect(Math.min(...at)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...at)).toBeLessThanOrEqual(100);
  for (const { y, bottom } of boxesIn(html)) expect([y >= 0, bottom <= 100]).toEqual([true, true]);
});

test("a mark is at the height of a bar with the same value", () => {
  const html = render([bar([250], 100, 1), bar([100], undefined, 2)], "before");
  const [, y] = /class="chart-mark"[^>]* y1="([\d.]+)%"[^>]*><title>Bar 1/.exec(html) ?? [];
  expect(Number(y)).toBeCloseTo(boxesIn(html)[1]?.y ?? 0, 2);
});

const baseLineIn = (html: string) => Number(/<line class="chart-zero"[^>]* y1="([\d.]+)%"/.exec(html)?.[1]);

test("a single bar does not fill the chart, and stands on the base line", () => {
  const html = render([bar([5])]);
  const [single] = boxesIn(html) as [Box];
  expect(single.width).toBe(14);
  expect(single.bottom).toBeCloseTo(baseLineIn(html), 2);
});

test.each([
  ["with only zeros", [bar([0, 0])]],
  ["without bars", []],
])("a chart %s has a base line near its bottom", (_, bars) => {
  const html = render(bars);
  expect(baseLineIn(html)).toBe(95);
  expect(html).not.toContain("NaN");
});

test.each([
  [12, "Nov"],
  [31, "Nov 12"],
  [53, "Nov 12"],
  [24, "Nov 2026"],
  [1, "Wednesday"],
])("%d labels like “%s” do not overlap at either width, and the last is shown", (count, label) => {
  const places = labelVisibilities(Array.from({ length: count }, () => label));
  expect(places.at(-1)).toBe("everywhere");
  for (const [px, shown] of [
    [262, places.filter((place) => place === "everywhere")],
    [620, places.filter((place) => place !== "nowhere")],
  ] as const)
    expect(shown.length * (label.length * 7.5 + 6)).toBeLessThan(px);
});

test("a frame without values has a heading, the table, the CSV link and the definitions, and says that there is nothing to show", () => {
  const frame = { id: "income", title: "Income", figures: ["gross", "net"] as const, csv: "/newsroom/income/x.csv" };
  const html = renderToStaticMarkup(
    <ChartFrame t={translator("en")} {...frame} chart={null} table={<table id="values" />} />,
  );
  expect(html).toContain('aria-labelledby="income-title"');
  expect(html).toContain("Nothing in this time.");
  expect(html).toContain('href="/newsroom/definitions#gross"');
  expect(html).toContain('href="/newsroom/income/x.csv"');
  expect(html).toMatch(/<details[^>]*>.*<table id="values">/s);
});
