import { expect, test } from "vitest";
import { assignArm } from "./assignment";

const arms = [
  { arm: "a", share: 45 },
  { arm: "b", share: 45 },
  { arm: "hold-out", share: 10 },
];
/** 40,000 seeds that are spread evenly over all 2^32 values. */
const seeds = Array.from({ length: 40_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 0);

function shareOf(arm: string, found: string[]): number {
  return (100 * found.filter((each) => each === arm).length) / found.length;
}

test("each variant gets its share of the devices", () => {
  const found = seeds.map((deviceSeed) => assignArm({ deviceSeed, experimentId: "x_00000001", arms }));
  for (const { arm, share } of arms) expect(Math.abs(shareOf(arm, found) - share)).toBeLessThan(0.8);
});

test("the same seed and experiment always give the same variant", () => {
  for (const deviceSeed of seeds.slice(0, 100)) {
    const first = assignArm({ deviceSeed, experimentId: "x_00000001", arms });
    expect(assignArm({ deviceSeed, experimentId: "x_00000001", arms })).toBe(first);
  }
});

test("a device's variants in two experiments are independent", () => {
  const inFirst = seeds.filter((deviceSeed) => assignArm({ deviceSeed, experimentId: "x_00000001", arms }) === "b");
  const found = inFirst.map((deviceSeed) => assignArm({ deviceSeed, experimentId: "x_00000002", arms }));
  for (const { arm, share } of arms) expect(Math.abs(shareOf(arm, found) - share)).toBeLessThan(1.2);
});

test("the lowest, a middle and the highest seed get a variant", () => {
  for (const deviceSeed of [0, 1, 2 ** 31, 2 ** 32 - 1])
    expect(arms.map(({ arm }) => arm)).toContain(assignArm({ deviceSeed, experimentId: "x", arms }));
});
