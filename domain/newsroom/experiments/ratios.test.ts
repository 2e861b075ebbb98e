import { expect, test } from "vitest";
import { seededRandom } from "../../../lab/torture/seeded-random";
import { doReportedGiftSharesDifferByArm } from "./gift-ratio";
import {
  hasSampleRatioMismatch,
  logarithmOfBayesFactor,
  logGamma,
  maxUndetectedForgedShare,
  SAMPLE_RATIO_MAX_FALSE_ALARM_PROBABILITY,
} from "./sample-ratio";

const halves = (a: number, b: number) => [
  { share: 50, count: a },
  { share: 50, count: b },
];

test.each([
  [1, 0],
  [5, Math.log(24)],
  [0.5, Math.log(Math.sqrt(Math.PI))],
  [101, 363.7393755555635],
])("the logarithm of gamma of %f is %f", (x, expected) => {
  expect(logGamma(x)).toBeCloseTo(expected, 9);
});

test("equal counts are evidence for the plan, and a strong imbalance against it", () => {
  expect(logarithmOfBayesFactor(halves(10_000, 10_000))).toBeLessThan(0);
  expect(hasSampleRatioMismatch([halves(10_000, 10_200)])).toBe(false);
  expect(hasSampleRatioMismatch([halves(10_000, 11_000)])).toBe(true);
});

test("an alarm stays even if the counts become equal later", () => {
  expect(hasSampleRatioMismatch([halves(10_000, 12_000), halves(20_000, 20_000)])).toBe(true);
});

test("devices in the planned ratio rarely raise an alarm, although the counts are checked every day", () => {
  const random = seededRandom(3);
  let alarms = 0;
  for (let run = 0; run < 300; run++) {
    let [a, b] = [0, 0];
    const days = Array.from({ length: 40 }, () => {
      for (let device = 0; device < 100; device++) random.next() < 0.5 ? a++ : b++;
      return halves(a, b);
    });
    alarms += Number(hasSampleRatioMismatch(days));
  }
  expect(alarms / 300).toBeLessThanOrEqual(3 * SAMPLE_RATIO_MAX_FALSE_ALARM_PROBABILITY);
});

test("the share of devices that could be forged unnoticed is small, and smaller with more readers", () => {
  const at = (count: number) => maxUndetectedForgedShare({ share: 50, count }, { share: 100, count: 2 * count });
  expect(at(1_000)).toBeLessThan(0.2);
  expect(at(100_000)).toBeLessThan(at(10_000));
  const forged = (at(10_000) / (1 - at(10_000))) * 10_000;
  expect(hasSampleRatioMismatch([halves(10_000, 10_000 + forged * 0.97)])).toBe(false);
  expect(hasSampleRatioMismatch([halves(10_000, 10_000 + forged * 1.03)])).toBe(true);
});

function reportedDays(random: ReturnType<typeof seededRandom>, rates: [number, number]) {
  return Array.from({ length: 40 }, () =>
    rates.map((rate) => {
      const gifts = random.integerBelow(8);
      return { gifts, reported: Array.from({ length: gifts }, () => random.next()).filter((x) => x < rate).length };
    }),
  );
}

test("finds a variant whose gifts are often not reported, and rarely raises an alarm for equal variants", () => {
  const random = seededRandom(5);
  const share = (rates: [number, number]) =>
    Array.from({ length: 200 }, () => doReportedGiftSharesDifferByArm(reportedDays(random, rates))).filter(Boolean)
      .length / 200;
  expect(share([0.8, 0.8])).toBeLessThanOrEqual(3 * SAMPLE_RATIO_MAX_FALSE_ALARM_PROBABILITY);
  expect(share([0.8, 0.3])).toBeGreaterThan(0.95);
});
