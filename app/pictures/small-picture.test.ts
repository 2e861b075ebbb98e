import sharp from "sharp";
import { expect, test } from "vitest";
import { downscaledPictures } from "@/domain/articles/article-pictures";
import { listArticles } from "@/systems/content";
import { findOrGenerateSmallPicture } from "./small-picture";

const pictures = listArticles().flatMap(({ picture }) => (picture ? downscaledPictures(picture) : []));

test.each(pictures)("generates $path in its own width", async ({ path, widthPx }) => {
  const small = await findOrGenerateSmallPicture(path);
  expect(small?.type).toBe("image/avif");
  expect((await sharp(small?.bytes).metadata()).width).toBe(widthPx);
});

test("the smallest copy has at most two thirds of the bytes of the next one", async () => {
  const [least, next] = await Promise.all(pictures.slice(0, 2).map(({ path }) => findOrGenerateSmallPicture(path)));
  expect(least?.bytes.length).toBeLessThanOrEqual((2 / 3) * (next?.bytes.length ?? 0));
});

test.each([
  "/pictures/641/two-maps-of-one-city.avif",
  "/pictures/640/no-such-picture.avif",
  "/pictures/640/../two-maps-of-one-city.avif",
  "/pictures/two-maps-of-one-city.avif",
])("generates nothing for %s", async (path) => {
  expect(await findOrGenerateSmallPicture(path)).toBeNull();
});
