// The expected visual order follows Unicode's bidirectional algorithm (UAX 9).
import { expect, test } from "vitest";
import { splitByDirection } from "./direction";

const seen = (line: string, direction: "ltr" | "rtl") => splitByDirection(line, direction).map(({ glyphs }) => glyphs);

test("a line in one direction stays one part", () => {
  expect(seen("−1\u00a0234,50\u00a0€ за год ", "ltr")).toEqual(["−1\u00a0234,50\u00a0€ за год "]);
});

test.each([
  ["a Hebrew name in an English line", "From דוד כהן, Haifa", "ltr", ["From ", "דוד כהן", ", Haifa"]],
  ["figures in Hebrew run from left to right", "כהן 12 דוד", "ltr", [" דוד", "12", "כהן "]],
  ["brackets in Hebrew are mirrored", "כהן (דוד)", "ltr", ["כהן )דוד("]],
  ["an English name in a Hebrew line", "דוד Cohen חיפה", "rtl", [" חיפה", "Cohen", "דוד "]],
  ["in a Hebrew line the last space is at the left end", "דוד ", "rtl", [" ", "דוד"]],
  ["in an English line the last space is at the right end", "From דוד ", "ltr", ["From ", "דוד", " "]],
] as const)("visual order: %s", (_, line, direction, parts) => {
  expect(seen(line, direction)).toEqual(parts);
});

test("each part has its index in the line", () => {
  expect(splitByDirection("דוד Cohen חיפה", "rtl").map(({ start }) => start)).toEqual([9, 4, 0]);
});
