import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { applyBreak, BREAKS } from "./broken.mjs";

test.each(BREAKS)("the source text that the break “$name” replaces still exists", (each) => {
  const whole = readFileSync(each.file, "utf8");
  expect(applyBreak(whole, each)).not.toBe(whole);
});
