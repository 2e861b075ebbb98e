import { expect, test } from "vitest";
import { smallPicturePath } from "./article-pictures";

test.each([
  ["/pictures/ferry.avif", 1600, "/pictures/800/ferry.avif"],
  ["/pictures/ferry.jpeg", 801, "/pictures/800/ferry.jpeg"],
  ["/pictures/ferry.avif", 800, null],
  ["/pictures/harbour/ferry.avif", 1600, null],
  ["/elsewhere/ferry.avif", 1600, null],
  ["/pictures/ferry.svg", 1600, null],
  [null, 0, null],
])("the smaller copy of %s, %i px wide, is %s", (src, width, path) => {
  expect(smallPicturePath({ src, width })).toBe(path);
});
