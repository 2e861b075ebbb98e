import { expect, test } from "vitest";
import { downscaledPictures } from "./article-pictures";

test.each([
  ["/pictures/ferry.avif", 1600, ["/pictures/640/ferry.avif", "/pictures/800/ferry.avif"]],
  ["/pictures/ferry.jpeg", 801, ["/pictures/640/ferry.jpeg", "/pictures/800/ferry.jpeg"]],
  ["/pictures/ferry.avif", 800, ["/pictures/640/ferry.avif"]],
  ["/pictures/ferry.avif", 640, []],
  ["/pictures/harbour/ferry.avif", 1600, []],
  ["/elsewhere/ferry.avif", 1600, []],
  ["/pictures/ferry.svg", 1600, []],
  [null, 0, []],
])("the smaller copies of %s, %i px wide, are %j", (src, width, paths) => {
  expect(downscaledPictures({ src, width }).map(({ path }) => path)).toEqual(paths);
});
