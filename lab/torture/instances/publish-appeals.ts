import { setTimeout as delay } from "node:timers/promises";
import { releaseEditLock, saveAppealPart, takeEditLock } from "../../../domain/appeal/edit-appeal";
import { publishAppeal } from "../../../domain/appeal/publish-appeal";
import { findAppealDetails } from "../../../domain/appeal/read-appeal";
import { publication } from "../../../publication";
import { getFirstAppealVariant } from "../../../systems/content";
import type { Db } from "../../../systems/database";
import type { DatabaseProxy } from "./database-proxy";
import type { SiteInstance } from "./instance";
import type { TrialResult } from "./trial-result";

const TIMES = 10;
const MAX_MS = 1_000;
const POLL_MS = 20;
const READS_WHILE_CUT = 50;
const EDITOR = "torture";

type Servers = { db: Db; both: SiteInstance[]; wire: DatabaseProxy };

export async function measureAppealReachesBothServers({ db, both, wire }: Servers): Promise<TrialResult> {
  const path = await firstArticle(both);
  const delays: number[] = [];
  for (let times = 1; times <= TIMES; times++) {
    // Waits 1.5 s before every second publication. No page is requested meanwhile, so the appeal in the servers' memory
    // becomes old.
    await delay(times % 2 === 0 ? 1_500 : 0);
    const headline = `Headline number ${times}`;
    await publish(db, headline);
    const publishedAt = performance.now();
    await Promise.all(both.map(({ baseUrl }) => untilShown(baseUrl + path, headline)));
    delays.push(performance.now() - publishedAt);
  }
  const last = `Headline number ${TIMES}`;
  wire.cut();
  const cut = await Promise.all(both.map(({ baseUrl }) => readWhileCut(baseUrl + path, last)));
  wire.mend();
  await publish(db, "Back");
  const back = await Promise.all(both.map(({ baseUrl }) => untilShown(`${baseUrl}${path}`, "Back").then(() => true)));
  const most = Math.round(Math.max(...delays));
  const wrong = cut.reduce((sum, each) => sum + each.wrong, 0);
  const slowest = Math.round(Math.max(...cut.map((each) => each.slowestMs)));
  return {
    rows: [
      ["an appeal is published: the longest time until both servers' articles show it", `${most} ms, ${TIMES} times`],
      [
        "articles read while no server reaches the database: without the last headline; the slowest",
        `${wrong} of ${cut.length * READS_WHILE_CUT}; ${slowest} ms`,
      ],
      ["servers that show a new headline again afterwards", `${back.length} of 2`],
    ],
    differences: [
      ...(most <= MAX_MS ? [] : [`a published appeal was shown only after ${most} ms`]),
      ...(wrong === 0 ? [] : [`${wrong} articles were wrong while the database was unavailable`]),
      ...(slowest <= MAX_MS ? [] : [`a reader waited ${slowest} ms while the database was unavailable`]),
    ],
  };
}

async function firstArticle([first]: SiteInstance[]): Promise<string> {
  const html = await (await fetch(`${first?.baseUrl}/`)).text();
  const path = /href="(\/articles\/[^"]+)"/.exec(html)?.[1];
  if (!path) throw new Error("the front page lists no article");
  return path;
}

/**
 * Publishes the appeal with `headline` as the headline of its banner. Does not use the headline at the end of articles,
 * because an article can replace that with its own words.
 */
async function publish(db: Db, headline: string): Promise<void> {
  const id = getFirstAppealVariant(publication.defaultLanguage).id;
  const editor = { id, by: EDITOR, now: new Date(), recordAct: async () => {} };
  const page = await findAppealDetails(db, editor);
  const words = page?.content.variants[0]?.words[publication.defaultLanguage];
  if (!page || !words) throw new Error("the default language has no appeal");
  const value = {
    part: `words/${page.content.variants[0]?.id}/${publication.defaultLanguage}` as const,
    words: { ...words, banner: { ...words.banner, headline } },
  };
  await takeEditLock(db, { ...editor, takeoverReason: "torture" });
  const saved = await saveAppealPart(db, { ...editor, base: page.latest, value });
  if (saved.kind !== "saved") throw new Error(`the headline was not saved: ${saved.reason}`);
  const published = await publishAppeal(db, {
    ...editor,
    ...{ version: saved.number, startsAt: null, endsAt: null, languages: publication.languages },
  });
  if (published.kind !== "published") throw new Error(`the appeal was not published: ${published.reason}`);
  await releaseEditLock(db, editor);
}

async function untilShown(address: string, headline: string): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if ((await (await fetch(address)).text()).includes(headline)) return;
    await delay(POLL_MS);
  }
  throw new Error(`${address} does not show "${headline}"`);
}

async function readWhileCut(address: string, headline: string): Promise<{ wrong: number; slowestMs: number }> {
  let [wrong, slowestMs] = [0, 0];
  for (let times = 0; times < READS_WHILE_CUT; times++) {
    const startedAt = performance.now();
    const response = await fetch(address);
    const isRight = response.status === 200 && (await response.text()).includes(headline);
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    if (!isRight) wrong += 1;
    // Waits between the reads. So all reads together last long enough for the servers to check the ledger several
    // times.
    await delay(100);
  }
  return { wrong, slowestMs };
}
