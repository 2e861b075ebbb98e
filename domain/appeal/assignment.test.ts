import { expect, test } from "vitest";
import { assignArm } from "./assignment";

const arms = [
  { arm: "a", share: 45 },
  { arm: "b", share: 45 },
  { arm: "hold-out", share: 10 },
];
const FIRST = { id: "x_00000001", arms };
const SECOND = { id: "x_00000002", arms };
/** 40,000 seeds that are spread evenly over all 2^32 values. */
const seeds = Array.from({ length: 40_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 0);

function shareOf(arm: string, found: string[]): number {
  return (100 * found.filter((each) => each === arm).length) / found.length;
}

test("each variant gets its share of the devices", () => {
  const found = seeds.map((deviceSeed) => assignArm(FIRST, deviceSeed));
  for (const { arm, share } of arms) expect(Math.abs(shareOf(arm, found) - share)).toBeLessThan(0.8);
});

test("the same seed and experiment always give the same variant", () => {
  for (const deviceSeed of seeds.slice(0, 100)) {
    const first = assignArm(FIRST, deviceSeed);
    expect(assignArm(FIRST, deviceSeed)).toBe(first);
  }
});

test("a device's variants in two experiments are independent", () => {
  const inFirst = seeds.filter((deviceSeed) => assignArm(FIRST, deviceSeed) === "b");
  const found = inFirst.map((deviceSeed) => assignArm(SECOND, deviceSeed));
  for (const { arm, share } of arms) expect(Math.abs(shareOf(arm, found) - share)).toBeLessThan(1.2);
});

test("the lowest, a middle and the highest seed get a variant", () => {
  for (const deviceSeed of [0, 1, 2 ** 31, 2 ** 32 - 1])
    expect(arms.map(({ arm }) => arm)).toContain(assignArm(FIRST, deviceSeed));
});
