import { expect, test } from "vitest";
import { isInSection } from "./newsroom-nav";

const SECTIONS = ["/newsroom", "/newsroom/income", "/newsroom/recurring", "/newsroom/people", "/newsroom/queue"];

test.each([
  ["/newsroom", "/newsroom"],
  ["/newsroom/recurring", "/newsroom/recurring"],
  ["/newsroom/recurring/rows/ended", "/newsroom/recurring"],
  ["/newsroom/people/s1/merge", "/newsroom/people"],
  ["/newsroom/payments/p1/refund", "/newsroom/people"],
  ["/newsroom/gifts/r1", "/newsroom/people"],
  ["/newsroom/refunds/q1", "/newsroom/people"],
  ["/newsroom/disputes/du_1/submit", "/newsroom/queue"],
])("%s belongs to %s, and to no other section", (path, section) => {
  expect(SECTIONS.filter((each) => isInSection(each, path))).toEqual([section]);
});

test("a page whose name only begins like that of a section belongs to no section", () => {
  expect(SECTIONS.filter((each) => isInSection(each, "/newsroom/income-of-others"))).toEqual([]);
});
