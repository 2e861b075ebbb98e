import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findArticle, findArticleById, listArticles } from "../content";
import { log } from "../log";
import { setRuntime } from "../testing/runtime";
import { articlesCacheKey } from "./article-cache";

let folder: string;
let logged: Record<string, unknown>[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "articles-"));
  process.env.ARTICLES_FOLDER = folder;
  setRuntime({ articles: undefined });
  // Fakes the timer that limits how long a reader waits. So the result does not depend on the machine's speed.
  vi.useFakeTimers({ toFake: ["performance", "Date", "setTimeout"] });
  logged = [];
  vi.spyOn(log, "error").mockImplementation((fields: unknown, text?: string) => {
    logged.push({ ...(fields as object), text });
  });
  write("harbour", { id: "a_0000000a" });
});

afterEach(() => {
  process.env.ARTICLES_FOLDER = "";
  setRuntime({ articles: undefined });
  vi.useRealTimers();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function write(
  slug: string,
  { id = "a_0000000b", headline = "Last ferry leaves", language = "en", day = "02" } = {},
): void {
  const matter = `id: ${id}\nlanguage: ${language}\nkicker: News\nheadline: ${headline}\npublishedAt: 2026-01-${day}T09:00:00Z\n`;
  writeFileSync(join(folder, `${slug}.md`), `---\n${matter}---\nText.\n`);
}

/**
 * Advances the time and returns the new cache key. Because of the new time, articlesCacheKey() starts a refresh and
 * waits for it. Files that were written before no longer count as just written.
 */
async function later(): Promise<string> {
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(1_000);
  return articlesCacheKey();
}

const slugs = () => listArticles().map(({ slug }) => slug);

test("an article in a language that the site does not offer is not shown, and its id stays taken", async () => {
  write("parom", { language: "ru" });
  await later();
  expect(slugs()).toEqual(["harbour"]);
  expect(findArticle("parom")).toBe(null);
  expect(findArticleById("a_0000000b")).toBe(null);
  write("ferry", { day: "03" });
  await later();
  expect(slugs()).toEqual(["harbour"]);
  expect(logged).toHaveLength(1);
  write("parom", { language: "en", id: "a_0000000c" });
  await later();
  expect(slugs().sort()).toEqual(["ferry", "harbour", "parom"]);
});

test("an added, changed or removed article is noticed at the next refresh, and each changes the key of cached pages", async () => {
  const keys = [await articlesCacheKey()];
  expect(slugs()).toEqual(["harbour"]);
  write("ferry");
  expect(await articlesCacheKey()).toBe(keys[0]);
  keys.push(await later());
  expect(slugs().sort()).toEqual(["ferry", "harbour"]);
  expect(findArticleById("a_0000000b")).toEqual(findArticle("ferry"));
  expect(await later()).toBe(keys[1]);
  write("ferry", { headline: "Next ferry leaves" });
  keys.push(await later());
  expect(findArticle("ferry")?.headline).toBe("Next ferry leaves");
  rmSync(join(folder, "ferry.md"));
  keys.push(await later());
  expect([findArticle("ferry"), findArticleById("a_0000000b")]).toEqual([null, null]);
  expect(new Set(keys).size).toBe(4);
  expect(logged).toEqual([]);
});

test("a reader who starts a refresh gets the known articles, and a later reader gets the new one", async () => {
  await later();
  write("ferry");
  vi.advanceTimersByTime(500);
  const key = await articlesCacheKey();
  expect(slugs()).toEqual(["harbour"]);
  await expect.poll(() => articlesCacheKey()).not.toBe(key);
});

test("a file that becomes invalid keeps its last valid article and affects no other file, and the error is logged once", async () => {
  await articlesCacheKey();
  write("harbour", { id: "wrong", headline: "Wrong" });
  write("ferry");
  await later();
  await later();
  expect(findArticle("harbour")?.headline).toBe("Last ferry leaves");
  expect(slugs().sort()).toEqual(["ferry", "harbour"]);
  expect(logged).toEqual([
    {
      file: "harbour.md",
      problem: expect.stringMatching(/harbour\.md: id: a_ and eight/),
      kept: true,
      text: "an article's file is invalid and is not used",
    },
  ]);
  write("harbour", { id: "a_0000000a", headline: "Right again" });
  await later();
  expect(findArticle("harbour")?.headline).toBe("Right again");
});

test("a file that was never valid is left out until it becomes valid", async () => {
  writeFileSync(join(folder, "ferry.md"), "half a fi");
  expect(slugs()).toEqual(["harbour"]);
  expect(logged).toMatchObject([{ file: "ferry.md", kept: false }]);
  write("ferry");
  await later();
  expect(slugs().sort()).toEqual(["ferry", "harbour"]);
});

test("a copy of an article's file is not shown, and is named in the log once", async () => {
  await articlesCacheKey();
  write("a-copy", { id: "a_0000000a", day: "03" });
  await later();
  await later();
  expect(slugs()).toEqual(["harbour"]);
  expect(logged).toMatchObject([
    { file: "a-copy.md", problem: expect.stringMatching(/a_0000000a already belongs to articles\/harbour\.md/) },
  ]);
  rmSync(join(folder, "harbour.md"));
  await later();
  expect(slugs()).toEqual(["a-copy"]);
});

test.each([
  ["published first", { day: "01" }, "zoo"],
  ["first by name among those published at the same time", {}, "harbour"],
])("an id belongs to the article that was %s, whichever file was read first", async (_, zoo, owner) => {
  await articlesCacheKey();
  write("zoo", { id: "a_0000000a", ...zoo });
  await later();
  expect(slugs()).toEqual([owner]);
  setRuntime({ articles: undefined });
  await articlesCacheKey();
  expect(slugs()).toEqual([owner]);
  expect(findArticleById("a_0000000a")?.slug).toBe(owner);
});

test("a file that gets another file's id by mistake keeps its last article", async () => {
  write("ferry");
  await later();
  write("ferry", { id: "a_0000000a", day: "03" });
  await later();
  expect(slugs().sort()).toEqual(["ferry", "harbour"]);
  expect(findArticle("ferry")?.id).toBe("a_0000000b");
  write("bridge", { day: "04" });
  await later();
  expect(slugs().sort()).toEqual(["bridge", "harbour"]);
});

test.each<[string, () => void, () => void]>([
  ["is gone", () => renameSync(folder, `${folder}-away`), () => renameSync(`${folder}-away`, folder)],
  ["is empty", () => rmSync(join(folder, "harbour.md")), () => write("harbour", { id: "a_0000000a" })],
])("if the folder %s, readers see the articles that were read last", async (_, take, giveBack) => {
  const key = await articlesCacheKey();
  take();
  expect([await later(), await later()]).toEqual([key, key]);
  expect(slugs()).toEqual(["harbour"]);
  expect(logged).toMatchObject([{ text: expect.stringContaining("the articles' folder is unavailable") }]);
  giveBack();
  write("ferry");
  await later();
  await expect.poll(() => slugs().sort()).toEqual(["ferry", "harbour"]);
});

test("among many articles a new one shows at the next refresh, and a file written in place within four refreshes", async () => {
  for (let each = 100; each < 300; each++) write(`story-${each}`, { id: `a_00000${each}` });
  await later();
  expect(slugs()).toHaveLength(201);
  write("ferry");
  await later();
  expect(slugs()).toContain("ferry");
  write("story-299", { id: "a_00000299", headline: "Written in place" });
  for (let refreshes = 1; refreshes <= 4; refreshes++) await later();
  expect(findArticle("story-299")?.headline).toBe("Written in place");
});

test("reads the folder that the setting names, even after a change, and ignores files that are not articles", () => {
  mkdirSync(join(folder, "pictures"));
  writeFileSync(join(folder, ".ferry.md.1.tmp"), "half a fi");
  expect(slugs()).toEqual(["harbour"]);
  process.env.ARTICLES_FOLDER = "";
  expect(slugs()).not.toContain("harbour");
});
