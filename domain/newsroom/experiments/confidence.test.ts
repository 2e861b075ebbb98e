import { expect, test } from "vitest";
import {
  brownianMotionBound,
  confidenceIntervalHalfWidth,
  estimateDifferenceOfMeans,
  normalUpperTail,
} from "./confidence";

test.each([
  [0, 0.5],
  [1.959964, 0.025],
  [-1.644854, 0.95],
  [3.090232, 0.001],
])("the probability of exceeding %f is %f", (z, chance) => {
  expect(normalUpperTail(z)).toBeCloseTo(chance, 6);
});

test("the crossing bounds for 5% and 1% equal the known values of the reflection principle", () => {
  expect(brownianMotionBound(0.05)).toBeCloseTo(2.2414, 4);
  expect(brownianMotionBound(0.01)).toBeCloseTo(2.807, 3);
});

test("the interval is wide at first and never narrower than at the end", () => {
  const at = (readers: number) => confidenceIntervalHalfWidth({ readers, finalReaders: 10_000, alpha: 0.05 });
  expect(at(2_500)).toBeCloseTo(2 * at(10_000), 10);
  expect(at(20_000)).toBe(at(10_000));
});

const arm = { readers: 1_000, supporters: 20, sum: 40_000, sumOfSquares: 120_000_000 };
const base = { readers: 1_000, supporters: 10, sum: 20_000, sumOfSquares: 60_000_000 };

test("the estimate is the difference of the means, in the middle of the interval", () => {
  const { estimate, standardError, low, high } = estimateDifferenceOfMeans(
    { arm, base },
    { readers: 2_000, finalReaders: 2_000, alpha: 0.05 },
  );
  expect(estimate).toBe(20);
  // The standard error is the root of (118,400 + 59,600) / 1,000. The two numbers are approximately the variances of
  // the two variants. Each variant has 1,000 readers.
  expect(standardError).toBeCloseTo(13.35, 1);
  expect(high - estimate).toBeCloseTo(2.2414 * standardError, 3);
  expect(estimate - low).toBeCloseTo(2.2414 * standardError, 3);
});

test("a small variant without gifts gets a large standard error", () => {
  const nothing = { readers: 50, supporters: 0, sum: 0, sumOfSquares: 0 };
  const own = Math.sqrt(59_600 / 1_000);
  const { standardError } = estimateDifferenceOfMeans(
    { arm: nothing, base },
    { readers: 1_050, finalReaders: 1_050, alpha: 0.05 },
  );
  expect(standardError).toBeGreaterThan(3 * own);
});

test("with fewer than two readers in a variant, the bounds are infinite", () => {
  const one = { readers: 1, supporters: 1, sum: 100, sumOfSquares: 10_000 };
  expect(
    estimateDifferenceOfMeans({ arm: one, base }, { readers: 1_001, finalReaders: 2_000, alpha: 0.05 }),
  ).toMatchObject({
    low: -Infinity,
    high: Infinity,
  });
});
