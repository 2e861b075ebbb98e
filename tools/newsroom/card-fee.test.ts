import { expect, test } from "vitest";
import { findCardFeeProblem, splitCardFee } from "./card-fee";

test.each([
  ["2.9% 0.30", { percent: "2.9", fixed: "0.30" }],
  ["2,9 % 0,30", { percent: "2.9", fixed: "0.30" }],
  ["1.5", { percent: "1.5", fixed: "0" }],
])("reads the fee %j", (text, fee) => {
  expect(splitCardFee(text)).toEqual(fee);
  expect(findCardFeeProblem(fee, "USD")).toBeNull();
});

test("only an empty answer means no fee", () => {
  for (const text of ["", "  "]) expect(splitCardFee(text)).toBeNull();
  for (const text of ["%", "%2.9 0.30", "none"]) {
    const fee = splitCardFee(text);
    expect(fee && findCardFeeProblem(fee, "USD"), text).toMatch(/^write a percentage/);
  }
});
