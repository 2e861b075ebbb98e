// Measures how soon both servers show an added article: on its own page, on the front page, in the feed and in the
// sitemap.

import { cpSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { runNodeOrThrow } from "../../../tools/run/spawn.mjs";
import type { SiteInstance } from "./instance";
import type { TrialResult } from "./trial-result";

const TIMES = 10;
const MAX_MS = 1_000;
const POLL_MS = 20;
const COMMAND = ["--conditions=react-server", "--import", "tsx", "tools/content/article-add-command.ts"];

export function createSharedArticlesFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "articles-"));
  cpSync("content/articles", folder, { recursive: true });
  return folder;
}

export async function tryAddingArticles({
  both,
  folder,
}: {
  both: SiteInstance[];
  folder: string;
}): Promise<TrialResult> {
  const delays: number[] = [];
  for (let times = 1; times <= TIMES; times++) {
    const slug = `added-number-${times}`;
    await add(slug, folder);
    // The time at which the command gave the article's file its final name. The command itself exits later.
    const addedAt = statSync(join(folder, `${slug}.md`)).ctimeMs;
    await Promise.all(both.map(({ baseUrl }) => untilShown(baseUrl, slug)));
    delays.push(Date.now() - addedAt);
  }
  const most = Math.round(Math.max(...delays));
  return {
    rows: [
      ["an article is added: the longest time until both servers show it everywhere", `${most} ms, ${TIMES} times`],
    ],
    differences: most <= MAX_MS ? [] : [`an added article was shown only after ${most} ms`],
  };
}

async function add(slug: string, folder: string): Promise<void> {
  const file = join(folder, "page.txt");
  writeFileSync(file, "A ferry leaves\n\nThe ferry left on Tuesday with nine passengers and a piano.\n");
  const args = [...COMMAND, file, "--slug", slug];
  await runNodeOrThrow("Adding an article", args, { env: { ARTICLES_FOLDER: folder } });
}

async function untilShown(address: string, slug: string): Promise<void> {
  const pages = [`/articles/${slug}`, "/", "/feed.xml", "/sitemap.xml"];
  await Promise.all(
    pages.map(async (path) => {
      for (let tries = 0; tries < 500; tries++) {
        const response = await fetch(address + path);
        if (response.ok && (await response.text()).includes(`/articles/${slug}`)) return;
        await delay(POLL_MS);
      }
      throw new Error(`${address}${path} does not show ${slug}`);
    }),
  );
}
