import { afterEach, beforeEach, expect, test } from "vitest";
import { createAppeal } from "../../domain/appeal/edit-appeal";
import { publishAppeal } from "../../domain/appeal/publish-appeal";
import { exampleContent } from "../../domain/appeal/testing/example-appeal";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { currentTime } from "../clock";
import { listArticles } from "../content";
import type { Db } from "../database";
import { env } from "../env";
import { setRuntime, setRuntimeDatabase } from "../testing/runtime";
import { testEnvironmentFor } from "../testing/stripes-books";
import { findAppealScriptAttributes } from "./for-script";
import { findReaderAppeal } from "./reader-appeal";

Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }));

let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  setRuntime({ liveAppeal: undefined, clockAheadMs: 0 });
});
afterEach(() => {
  env().OUTLET_RISK = "standard";
});

async function publish({ endsAt = null, sections = [] }: { endsAt?: Date | null; sections?: string[] }): Promise<void> {
  const by = { by: "staff_1", now: currentTime(), recordAct: async () => {} };
  const content = exampleContent({ quiet: { sections, articles: [] } });
  await db.$transaction((tx) => createAppeal(tx, { id: "live", name: "live", content, kind: "first" }, by));
  const plan = { id: "live", version: 1, startsAt: null, endsAt, languages: ["en"], ...by };
  expect(await publishAppeal(db, plan)).toMatchObject({ kind: "published" });
}

const attributes = async () => {
  const { "data-manners": manners, ...others } = await findAppealScriptAttributes();
  return { manners: manners === undefined ? null : JSON.parse(manners), ...others };
};

test("a page with the default display rules carries no settings for its script", async () => {
  await publish({});
  expect(await findAppealScriptAttributes()).toEqual({});
});

test("a page names the start and the end of an appeal that has an end", async () => {
  const before = currentTime().getTime();
  const endsAt = new Date(before + 40 * 86_400_000);
  await publish({ endsAt });
  const { manners } = await attributes();
  expect(manners).toEqual({ appealStartsAt: expect.any(Number), appealEndsAt: endsAt.getTime() });
  expect(manners.appealStartsAt).toBeGreaterThanOrEqual(before);
});

test("with OUTLET_RISK=high the attributes say so, and every answer of a reader hides the appeal for the same time", async () => {
  await publish({});
  env().OUTLET_RISK = "high";
  expect(await attributes()).toEqual({
    "data-neutral": "",
    manners: {
      quietDaysAfter: { "not-now": 30, reminder: 30, "already-gave": 30, gift: 30 },
      quietHoursAfterLater: 0,
      daysBetweenViews: 8,
    },
  });
});

test("a sensitive article has no appeal, and other pages name the sections without one", async () => {
  await publish({ sections: ["Obituaries"] });
  const [article] = listArticles();
  if (!article) throw new Error("no article");
  expect(await findReaderAppeal("en", { ...article, sensitive: false })).toMatchObject({
    quietSections: ["Obituaries"],
  });
  expect(await findReaderAppeal("en", { ...article, sensitive: true })).toBeNull();
});
