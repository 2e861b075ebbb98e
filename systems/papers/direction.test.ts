// Tests the order in which the parts of a line are seen, against the bidirectional algorithm of Unicode (UAX 9).
import { expect, test } from "vitest";
import { partsOf } from "./direction";

const seen = (line: string, direction: "ltr" | "rtl") => partsOf(line, direction).map(({ glyphs }) => glyphs);

test("a line in one direction stays one part", () => {
  expect(seen("−1\u00a0234,50\u00a0€ за год ", "ltr")).toEqual(["−1\u00a0234,50\u00a0€ за год "]);
});

test.each([
  ["a Hebrew name in an English line", "From דוד כהן, Haifa", "ltr", ["From ", "דוד כהן", ", Haifa"]],
  ["figures within Hebrew are read from left to right", "כהן 12 דוד", "ltr", [" דוד", "12", "כהן "]],
  ["brackets turn round with their text", "כהן (דוד)", "ltr", ["כהן )דוד("]],
  ["an English name in a Hebrew line", "דוד Cohen חיפה", "rtl", [" חיפה", "Cohen", "דוד "]],
  ["in a Hebrew line the last space stays at the left end", "דוד ", "rtl", [" ", "דוד"]],
  ["in an English line the last space stays at the right end", "From דוד ", "ltr", ["From ", "דוד", " "]],
] as const)("%s", (_, line, direction, parts) => {
  expect(seen(line, direction)).toEqual(parts);
});

test("each part names its position in the line as it is read", () => {
  expect(partsOf("דוד Cohen חיפה", "rtl").map(({ start }) => start)).toEqual([9, 4, 0]);
});
