import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { moveStaticFilesAside, restoreStaticFilesOfEarlierBuilds } from "./previous-static.mjs";

function build(folder: string, { styles, at }: { styles: string[]; at: string }): string[] {
  moveStaticFilesAside(folder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "static/css"), { recursive: true });
  for (const style of styles) writeFileSync(join(folder, "static/css", style), `of the build on ${at}`);
  restoreStaticFilesOfEarlierBuilds(folder, new Date(at));
  return readdirSync(join(folder, "static/css")).sort();
}

test("the files of earlier builds stay for two days after they were replaced", () => {
  const folder = join(mkdtempSync(join(tmpdir(), "appeal-static-")), ".next");
  expect(build(folder, { styles: ["a.css"], at: "2026-11-01T10:00:00Z" })).toEqual(["a.css"]);
  expect(build(folder, { styles: ["b.css"], at: "2026-11-20T10:00:00Z" })).toEqual(["a.css", "b.css"]);
  expect(build(folder, { styles: ["c.css"], at: "2026-11-22T09:00:00Z" })).toEqual(["a.css", "b.css", "c.css"]);
  expect(build(folder, { styles: ["c.css"], at: "2026-11-22T11:00:00Z" })).toEqual(["b.css", "c.css"]);
});

test("a file that both builds have is taken from the new build", () => {
  const folder = join(mkdtempSync(join(tmpdir(), "appeal-static-")), ".next");
  build(folder, { styles: ["a.css"], at: "2026-11-01T10:00:00Z" });
  build(folder, { styles: ["a.css"], at: "2026-11-02T10:00:00Z" });
  expect(readFileSync(join(folder, "static/css/a.css"), "utf8")).toBe("of the build on 2026-11-02T10:00:00Z");
});
