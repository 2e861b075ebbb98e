import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BREAKS, broken } from "./broken.mjs";

test.each(BREAKS)("the sources can still be broken so: $name", (each) => {
  const whole = readFileSync(each.file, "utf8");
  expect(broken(whole, each)).not.toBe(whole);
});
