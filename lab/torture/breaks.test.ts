import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { applyMutation, SOURCE_CODE_MUTATIONS } from "./mutations.mjs";

test.each(SOURCE_CODE_MUTATIONS)("the source text that the break “$name” replaces still exists", (each) => {
  const whole = readFileSync(each.file, "utf8");
  expect(applyMutation(whole, each)).not.toBe(whole);
});
