// This test never runs at the same time as other tests, because it changes the front page, the feed and the sitemap.
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { expect, test } from "./world";

const FOLDER = ".cache/journeys/articles";
const SLUG = "a-journeys-ferry";
const FILE = `${FOLDER}/${SLUG}.md`;
const PATH = `/articles/${SLUG}`;
const LISTS = ["/", "/feed.xml", "/sitemap.xml"];

/** The date is far in the past, so that this article is not the newest one, which other browser tests read. */
const DATE = "2001-02-03";

const WRITTEN_LATER = `---
id: a_journey0
kicker: News
headline: Written later
publishedAt: ${DATE}T00:00:00Z
---
Text.
`;

test("an article that is added while the site runs appears with its pictures in every list, and disappears once removed", async ({
  request,
}) => {
  const get = async (path: string) => {
    const answer = await request.get(path);
    return { status: answer.status(), type: answer.headers()["content-type"], text: await answer.text() };
  };
  expect((await get(PATH)).status).toBe(404);

  await test.step("it is added", async () => {
    const page = `A journey’s ferry leaves\n\n${"The ferry left on Tuesday with nine passengers and a piano. ".repeat(3)}\n`;
    writeFileSync(".cache/journeys/page.txt", page);
    const args = [".cache/journeys/page.txt", "--slug", SLUG, "--date", DATE, "--picture", "public/og.png"];
    const command = ["--conditions=react-server", "--import", "tsx", "tools/content/article-add-command.ts", ...args];
    const ran = spawnSync(process.execPath, command, {
      // Unsets both, because Node warns if FORCE_COLOR and NO_COLOR are both set.
      env: { ...process.env, ARTICLES_FOLDER: FOLDER, FORCE_COLOR: undefined, NO_COLOR: undefined },
      encoding: "utf8",
    });
    expect(ran.stderr).toBe("");
    expect(ran.stdout).toContain(PATH);
    await expect.poll(async () => (await get(PATH)).status).toBe(200);
    for (const list of LISTS) await expect.poll(async () => (await get(list)).text, list).toContain(PATH);
  });

  await test.step("its picture is served in every size", async () => {
    const html = (await get(PATH)).text;
    const copies = [640, 800].map((width) => `/pictures/${width}/${SLUG}.png`);
    expect(html).toMatch(
      new RegExp(`srcSet="${copies[0]} 640w, ${copies[1]} 800w, /pictures/${SLUG}\\.png \\d+w"`, "i"),
    );
    for (const [path, type] of [
      [`/pictures/${SLUG}.png`, "image/png"],
      ...copies.map((copy) => [copy, "image/png"] as const),
      [`/cards/${SLUG}.jpg`, "image/jpeg"],
    ] as const) {
      const answer = await request.get(path);
      expect([answer.status(), answer.headers()["content-type"]], path).toEqual([200, type]);
      const again = await request.get(path, { headers: { "if-none-match": String(answer.headers().etag) } });
      expect(again.status(), path).toBe(304);
    }
  });

  await test.step("a broken file takes neither the article nor the site away, and a removed one goes", async () => {
    writeFileSync(FILE, "---\nheadline: [\n---\nText.\n");
    writeFileSync(`${FOLDER}/half-a-file.md`, "half a fi");
    writeFileSync(`${FOLDER}/written-later.md`, WRITTEN_LATER);
    // As soon as this article is served, the site has also read the broken files.
    await expect.poll(async () => (await get("/articles/written-later")).status).toBe(200);
    expect((await get(PATH)).text).toContain("A journey’s ferry leaves");
    for (const list of LISTS) expect((await get(list)).text, list).toContain(PATH);
    expect((await get("/articles/half-a-file")).status).toBe(404);
    for (const name of ["half-a-file", "written-later"]) rmSync(`${FOLDER}/${name}.md`);
    rmSync(FILE);
    await expect.poll(async () => (await get(PATH)).status).toBe(404);
    for (const list of LISTS) await expect.poll(async () => (await get(list)).text, list).not.toContain(PATH);
    expect((await get(`/cards/${SLUG}.jpg`)).status).toBe(404);
  });
});
