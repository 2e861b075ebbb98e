import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { dateOfEpochDay, type Experiment } from "@/domain/appeal/experiment";
import { assessExperiment, type ExperimentObservations, listInterimLooks } from "@/domain/newsroom/experiments/assess";
import { ExperimentReportScreen } from "./report-screen";

const START = 20_700;
const TIMES = { createdAt: dateOfEpochDay(START), startedAt: dateOfEpochDay(START), endedAt: null, lastDay: START + 9 };
const EXPERIMENT: Experiment = {
  ...{ id: "x_00000001", name: "Does a shorter banner bring more?", appeal: "first", currency: "USD", rates: {} },
  ...{ capMinor: 20_000, plannedReaders: 20_000, smallestEffectMinor: 1, ...TIMES },
  arms: [
    { arm: "a", share: 50 },
    { arm: "b", share: 50 },
  ],
};

/**
 * Returns the data of ten days of an experiment. `supporters`: for each variant, how many readers gave ten dollars in
 * these ten days. `readers`: for each variant, the number of readers a day, by default 1,000.
 */
function evidenceOf(supporters: Record<string, number>, readers: Record<string, number> = {}): ExperimentObservations {
  const days = Array.from({ length: 10 }, (_, i) => START + i);
  const arms = EXPERIMENT.arms.map(({ arm }) => arm);
  const counts = arms.flatMap((arm) =>
    days.flatMap((day) => [
      { arm, day, event: "exposed", count: readers[arm] ?? 1_000 },
      { arm, day, event: "closed", count: 50 },
    ]),
  );
  const entries = arms.flatMap((arm) =>
    Array.from({ length: supporters[arm] ?? 0 }, (_, i) => {
      const exposedOn = START + (i % 10);
      const at = dateOfEpochDay(exposedOn);
      return {
        arm,
        exposedOn,
        giverKey: `${arm}${i}`,
        paidAt: at,
        occurredAt: at,
        amountMinor: 1_000n,
        currency: "USD",
      };
    }),
  );
  return { counts, entries, firstPayments: [] };
}

function render(
  evidence: ExperimentObservations,
  { day, experiment = EXPERIMENT }: { day: number; experiment?: Experiment },
): string {
  const now = dateOfEpochDay(START + day);
  const harm = experiment.arms.map(({ arm }) => ({
    ...{ arm, readers: 10_000, closed: 500, "already-gave": 0, reminder: 3, opened: 900, ended: 1, unsubscribed: 0 },
  }));
  const report = {
    ...{
      experiment,
      assessment: assessExperiment(experiment, evidence, now),
      looks: listInterimLooks(experiment, evidence, now),
    },
    ...{ harm, giftCounts: { gifts: 520, reported: 480 } },
  };
  return renderToStaticMarkup(
    <ExperimentReportScreen locale="en" report={report} flash={null} now={now} timeZone="UTC" />,
  );
}

const CLEAR = { a: 100, b: 400 };

test("a clear difference is one sentence, with the daily intervals as a chart and as a table", () => {
  const html = render(evidenceOf(CLEAR), { day: 60 });
  // Per 10,000 readers, variant B brought $4,000 and variant A $1,000. That is $300 more per 1,000 readers, which must
  // be the middle of the range.
  const [low, high] =
    /Variant B brings \$([\d.]+) to \$([\d.]+) more than variant A/.exec(html)?.slice(1).map(Number) ?? [];
  expect(((low ?? 0) + (high ?? 0)) / 2).toBeCloseTo(300, 0);
  expect(low).toBeGreaterThan(200);
  expect(html).toContain("The last value is final.");
  expect(html).toContain("20,000 of 20,000 readers are counted so far.");
  expect(html).toMatch(/<svg [^>]*role="img" aria-label="Variant B compared with variant A\."/);
  expect(html.match(/<polygon class="interval-band" points="([^"]+)"/)?.[1]?.split(" ").length).toBeGreaterThan(8);
  // The newest row of the table shows $300, the middle of the range in the sentence about the result.
  expect(html).toMatch(/<tbody><tr><th scope="row">[^<]+<\/th><td class="figure">\$300\.00<\/td>/);
  expect(html).not.toContain("End it early");
});

test("each arm shows its readers, its supporters, the amount kept, and the income per 1,000 readers with its interval", () => {
  const html = render(evidenceOf(CLEAR), { day: 60 });
  const row = /Variant A<\/th>(.*?)<\/tr>/.exec(html)?.[1] ?? "";
  const cells = [...row.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text);
  expect(cells.slice(0, 6)).toEqual(["50%", "10,000", "10,000", "100", "$1,000.00", "$100.00"]);
  const [low, high] =
    /\$([\d.]+) and \$([\d.]+)/
      .exec(cells[6] ?? "")
      ?.slice(1)
      .map(Number) ?? [];
  // Per 1,000 readers, the range extends 2.24 standard errors to each side of the mean. For one reader, the standard
  // error is $0.995 / √10,000.
  expect(low).toBeCloseTo(100 - 22.3, 0);
  expect(high).toBeCloseTo(100 + 22.3, 0);
});

test("harm is shown per 1,000 readers with its interval, even if nothing was reported", () => {
  const html = render(evidenceOf(CLEAR), { day: 60 });
  expect(html).toMatch(/data-label="Closed the banner">50<small[^>]*>45\.\d to 55\.\d</);
  expect(html).toMatch(/data-label="“I already gave”">0<small[^>]*>0 to 0\.5</);
});

test("before the first readers are final there is no verdict and no chart, and the experiment can be ended", () => {
  const html = render(evidenceOf(CLEAR), { day: 20 });
  expect(html).toContain("Too early to say. The first readers count on");
  expect(html).toContain("0 of 20,000 readers are counted so far.");
  expect(html).not.toContain("interval-band");
  expect(html).toContain("End the experiment early…");
});

test("with fewer than 30 supporters in an arm it is too early for a verdict", () => {
  expect(render(evidenceOf({ a: 2, b: 29 }), { day: 60 })).toContain(
    "Too early to say. Fewer than 30 readers of variant A or variant B have given.",
  );
});

test("if the arms do not have their planned shares, a warning replaces the verdict and its chart", () => {
  const html = render(evidenceOf(CLEAR, { b: 1_300 }), { day: 60 });
  expect(html).toMatch(/notice-bad.*No verdict\. The arms do not have their shares of the readers/);
  expect(html).not.toContain("brings");
  expect(html).not.toContain("interval-band");
});

test("compared with a hold-out, the sentence states what the banner brings", () => {
  const arms = [
    { arm: "a", share: 50 },
    { arm: "hold-out", share: 50 },
  ];
  const experiment = { ...EXPERIMENT, arms };
  const { counts, entries } = evidenceOf({ a: 400, b: 100 });
  const named = <Row extends { arm: string }>(rows: readonly Row[]) =>
    rows.map((row) => ({ ...row, arm: row.arm === "b" ? "hold-out" : row.arm }));
  const html = render({ counts: named(counts), entries: named(entries), firstPayments: [] }, { day: 60, experiment });
  expect(html).toMatch(/The banner brings \$2\d\d\.\d\d to \$3\d\d\.\d\d more than no banner/);
});
