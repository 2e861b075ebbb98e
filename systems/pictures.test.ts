import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findPicture } from "./pictures";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pictures-"));
  process.env.ARTICLES_FOLDER = folder;
  mkdirSync(join(folder, "pictures/harbour"), { recursive: true });
  for (const name of ["ferry.png", "harbour/quay.jpg", "ferry.svg", ".hidden.png"])
    writeFileSync(join(folder, "pictures", name), name);
  writeFileSync(join(folder, "secret.png"), "secret");
});

afterEach(() => {
  process.env.ARTICLES_FOLDER = "";
  rmSync(folder, { recursive: true });
});

test("finds a picture beside the articles, then among the site's own", async () => {
  const ferry = { bytes: Buffer.from("ferry.png"), type: "image/png" };
  expect(await findPicture("/pictures/ferry.png")).toMatchObject(ferry);
  expect((await findPicture("/pictures/harbour/quay.jpg"))?.type).toBe("image/jpeg");
  expect((await findPicture("/pictures/yakutsk-shaft.avif"))?.type).toBe("image/avif");
});

test.each([
  "/pictures/../secret.png",
  "/pictures/../../etc/passwd.png",
  "/pictures//ferry.png",
  "/pictures/.hidden.png",
  "/pictures/ferry.svg",
  "/pictures/harbour.png",
  "/pictures/harbour/quay.jpg/",
  "/pictures/ferry.png\0",
  "",
])("finds no picture at the path %j", async (path) => {
  expect(await findPicture(path)).toBeNull();
});
