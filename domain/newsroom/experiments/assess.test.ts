import { describe, expect, test } from "vitest";
import { dateOfEpochDay, type Experiment, epochDayOf } from "../../appeal/experiment";
import { assessExperiment, type DailyEventCount, type ExperimentObservations } from "./assess";
import { estimateDifferenceOfMeans } from "./confidence";
import { readersNeededInAllVariants } from "./power";
import { armValuesByExposureDay, type ExperimentPaymentEntry } from "./values";

const startedAt = new Date("2026-11-24T00:00:00Z");
const start = epochDayOf(startedAt);
const on = (day: number) => new Date(dateOfEpochDay(start + day).getTime() + 12 * 60 * 60 * 1000);
const experiment: Experiment = {
  ...{ id: "x_00000001", name: "Shorter", appeal: "first", currency: "USD", rates: { EUR: "1.1", JPY: "0.0065" } },
  arms: [
    { arm: "a", share: 50 },
    { arm: "b", share: 50 },
  ],
  ...{ capMinor: 10_000, plannedReaders: 40_000, smallestEffectMinor: 5, lastDay: start + 9 },
  ...{ createdAt: startedAt, startedAt, endedAt: null },
};

function entry(
  more: Partial<ExperimentPaymentEntry> & { paid?: number; occurred?: number } = {},
): ExperimentPaymentEntry {
  const { paid = 0, occurred = paid, ...rest } = more;
  const money = { amountMinor: 1_000n, currency: "USD" };
  return { arm: "a", exposedOn: start, giverKey: "s_1", ...money, paidAt: on(paid), occurredAt: on(occurred), ...rest };
}

const broughtBy = (...entries: ExperimentPaymentEntry[]) =>
  armValuesByExposureDay(entries, experiment).map(({ arm, values }) => [arm, values.supporters, values.sum]);

describe("the value of a device", () => {
  test.each([
    ["a gift counts", [entry()], [["a", 1, 1_000]]],
    ["a gift on the 30th day counts", [entry({ paid: 29 })], [["a", 1, 1_000]]],
    ["a gift after the 30th day does not count", [entry({ paid: 30 })], []],
    ["a gift before the device was shown its arm does not count", [entry({ paid: -1 })], []],
    ["several gifts of one supporter add up", [entry(), entry({ paid: 3 })], [["a", 1, 2_000]]],
    [
      "one device counts for at most the cap",
      [entry({ amountMinor: 9_000n }), entry({ amountMinor: 9_000n })],
      [["a", 1, 10_000]],
    ],
    ["a refund is deducted", [entry(), entry({ amountMinor: -400n, occurred: 20 })], [["a", 1, 600]]],
    ["a fully refunded gift counts as zero", [entry(), entry({ amountMinor: -1_000n, occurred: 43 })], [["a", 0, 0]]],
    [
      "a refund after the value is final does not count",
      [entry(), entry({ amountMinor: -1_000n, occurred: 44 })],
      [["a", 1, 1_000]],
    ],
    ["euros count at the plan's rate", [entry({ currency: "EUR" })], [["a", 1, 1_100]]],
    ["yen have no minor units", [entry({ currency: "JPY" })], [["a", 1, 650]]],
    ["a currency without a rate counts as zero", [entry({ currency: "GBP" })], [["a", 0, 0]]],
    [
      "two supporters count as two devices",
      [entry(), entry({ giverKey: "s_2", arm: "b" })],
      [
        ["a", 1, 1_000],
        ["b", 1, 1_000],
      ],
    ],
  ])("%s", (_, entries, expected) => {
    expect(broughtBy(...entries)).toEqual(expected);
  });
});

/**
 * Returns the data of an experiment. On each day, `readers` devices join each variant. One device in a hundred gives
 * the amount that `amounts` names for its variant.
 */
function experimentData(
  amounts: { a: bigint; b: bigint },
  { readers = 2_000, days = 10 } = {},
): ExperimentObservations {
  const counts: DailyEventCount[] = [];
  const entries: ExperimentPaymentEntry[] = [];
  for (let day = 0; day < days; day++)
    for (const arm of ["a", "b"] as const) {
      counts.push({ arm, day: start + day, event: "exposed", count: readers });
      for (let supporter = 0; supporter < readers / 100; supporter++)
        entries.push(
          entry({
            arm,
            exposedOn: start + day,
            paid: day,
            giverKey: `${arm}${day}-${supporter}`,
            amountMinor: amounts[arm],
          }),
        );
    }
  return { counts, entries, firstPayments: [] };
}

describe("the verdict", () => {
  test("no device is counted before the first values are final", () => {
    const { arms, comparisons, firstFinalOn } = assessExperiment(
      experiment,
      experimentData({ a: 1_000n, b: 9_000n }),
      on(43),
    );
    expect(arms.map(({ readers }) => readers)).toEqual([0, 0]);
    expect(comparisons).toMatchObject([{ verdict: "too-early" }]);
    expect(firstFinalOn).toBe(start + 44);
  });

  test("finds a large difference before the last values are final", () => {
    const seen = assessExperiment(experiment, experimentData({ a: 1_000n, b: 9_000n }), on(48));
    expect(seen.comparisons).toMatchObject([{ arm: "b", base: "a", verdict: "more", estimate: 80 }]);
    expect(seen.isFinal).toBe(false);
  });

  test("leaves a small difference open, with an interval around zero", () => {
    const [comparison] = assessExperiment(experiment, experimentData({ a: 1_000n, b: 1_050n }), on(60)).comparisons;
    expect(comparison).toMatchObject({ verdict: "open", estimate: 0.5 });
    expect(comparison?.low).toBeLessThan(0);
    expect(comparison?.high).toBeGreaterThan(1);
  });

  test("later refunds do not change the assessment of an earlier day", () => {
    const all = experimentData({ a: 1_000n, b: 2_000n });
    const early = assessExperiment(
      experiment,
      { ...all, entries: all.entries.filter(({ occurredAt }) => occurredAt <= on(47)) },
      on(47),
    );
    const returned = all.entries.map((each) => ({ ...each, amountMinor: -each.amountMinor, occurredAt: on(60) }));
    const late = assessExperiment(experiment, { ...all, entries: [...all.entries, ...returned] }, on(47));
    expect(late.arms).toEqual(early.arms);
  });

  test.each([
    ["that staff ended uses the planned number of readers", on(33), 80_000],
    ["that ran to its last day uses the actual number of readers", null, 40_000],
  ])("an experiment %s", (_, endedAt, of) => {
    const planned = { ...experiment, endedAt, plannedReaders: 80_000 };
    const { arms, comparisons } = assessExperiment(planned, experimentData({ a: 1_000n, b: 1_500n }), on(400));
    const [base, arm] = arms;
    if (!base || !arm) throw new Error("no arms");
    const readers = base.readers + arm.readers;
    const { low } = estimateDifferenceOfMeans({ arm, base }, { readers, finalReaders: of, alpha: 0.05 });
    expect(comparisons[0]?.low).toBeCloseTo(low - (comparisons[0]?.allowance ?? 0), 6);
  });

  test("forged devices in one variant raise an alarm", () => {
    const all = experimentData({ a: 1_000n, b: 1_000n });
    const forged = { arm: "b", day: start + 3, event: "exposed", count: 2_000 };
    expect(assessExperiment(experiment, all, on(60)).distrust).toBeNull();
    expect(assessExperiment(experiment, { ...all, counts: [...all.counts, forged] }, on(60)).distrust).toBe("ratio");
  });

  test("gifts that lose their variant raise an alarm", () => {
    const all = experimentData({ a: 1_000n, b: 1_000n });
    const begun = all.entries.filter(({ arm }) => arm === "a");
    const reports = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((day) =>
      [...Array(20)].flatMap(() => [{ arm: "a", day: start + day, event: "given", count: 1 }]),
    );
    const few = all.entries.filter(({ arm }) => arm === "b");
    expect(
      assessExperiment(
        experiment,
        { ...all, counts: [...all.counts, ...reports], firstPayments: [...begun, ...few] },
        on(60),
      ).distrust,
    ).toBe("gifts");
  });

  test("gifts with an exposure day outside the experiment are not counted", () => {
    const all = experimentData({ a: 1_000n, b: 1_000n });
    const foreign = [
      entry({ arm: "b", exposedOn: start - 5, paid: 0, giverKey: "x" }),
      entry({ arm: "b", exposedOn: start + 10, paid: 10, giverKey: "y" }),
    ];
    const at = (entries: ExperimentPaymentEntry[]) => assessExperiment(experiment, { ...all, entries }, on(400)).arms;
    expect(at([...all.entries, ...foreign])).toEqual(at([...all.entries]));
  });
});

describe("the readers that an experiment needs", () => {
  const past = { readers: 10_000, supporters: 100, sum: 230_000, sumOfSquares: 1_200_000_000 };
  const needed = (effect: number, more = {}) =>
    readersNeededInAllVariants({
      past,
      shares: { base: 50, arm: 50 },
      comparisons: 1,
      smallestEffectMinor: effect,
      ...more,
    }) ?? 0;

  test("half the difference needs more than three times the readers", () => {
    expect(needed(5)).toBeGreaterThan(3 * needed(10));
  });

  test("uneven shares and more comparisons need more readers", () => {
    expect(needed(10, { shares: { base: 10, arm: 90 } })).toBeGreaterThan(needed(10));
    expect(needed(10, { comparisons: 3 })).toBeGreaterThan(needed(10));
  });

  test("no number of readers is estimated without past readers", () => {
    expect(
      readersNeededInAllVariants({
        past: { readers: 0, supporters: 0, sum: 0, sumOfSquares: 0 },
        shares: { base: 50, arm: 50 },
        comparisons: 1,
        smallestEffectMinor: 1,
      }),
    ).toBeNull();
  });
});
