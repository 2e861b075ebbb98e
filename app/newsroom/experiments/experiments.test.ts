import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, test } from "vitest";
import { epochDayOf } from "@/domain/appeal/experiment";
import { formatEpochDay } from "@/domain/appeal/plan-form";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { currentTime } from "@/systems/clock";
import type { Db } from "@/systems/database";
import { env } from "@/systems/env";
import { runInRequestOfTestBrowser } from "@/systems/testing/request-scope";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { signInForTests } from "@/systems/testing/sign-in-for-tests";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import { POST as remove } from "./[experiment]/delete/route";
import { POST as end } from "./[experiment]/end/route";
import ExperimentPage from "./[experiment]/page";
import { POST as plan } from "./[experiment]/plan/route";
import { POST as start } from "./[experiment]/start/route";
import NewExperimentPage from "./new/page";
import ExperimentsPage from "./page";

const ID = "x_00000001";
const OTHER = "x_00000002";
const WHOLE = {
  ...{ name: "Does a shorter banner bring more?", "share-a": "50", "share-b": "50", "share-hold-out": "" },
  ...{ currency: "USD", "rate-EUR": "1.08", cap: "200", effect: "7.50", readers: "40000" },
};

let db: Db;
let session = "";

beforeEach(async () => {
  Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }), { STAFF_EMAILS: "editor@example.org" });
  env().STAFF_EMAILS = ["editor@example.org"];
  env().OUTLET_RISK = "standard";
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  session = await signInForTests(db, "editor@example.org", { codeAgeMinutes: 0 });
});

const inDays = (days: number) => formatEpochDay(epochDayOf(currentTime()) + days);

/** Submits a form and opens the page to which it redirects. */
async function send(route: typeof plan, fields: Record<string, string> = {}, id = ID) {
  const request = new Request("http://127.0.0.1:3000/", {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin" },
    body: new URLSearchParams(fields),
  });
  const response = await runInRequestOfTestBrowser({ session }, () =>
    route(request, { params: Promise.resolve({ experiment: id }) }),
  );
  expect(response.status).toBe(303);
  const path = response.headers.get("location") ?? "";
  const note = /=([^;]*)/.exec(response.headers.get("set-cookie") ?? "")?.[1] ?? "";
  return { path, html: await open(path, note) };
}

function open(path: string, note = ""): Promise<string> {
  return runInRequestOfTestBrowser({ session, note }, async () =>
    renderToStaticMarkup((await pageAt(path)) as ReactElement),
  );
}

function pageAt(path: string) {
  if (path === "/newsroom/experiments") return ExperimentsPage();
  if (path === "/newsroom/experiments/new") return NewExperimentPage();
  return ExperimentPage({ params: Promise.resolve({ experiment: path.split("/").at(-1) ?? "" }) });
}

const save = (more: Record<string, string> = {}, id = ID) =>
  send(plan, { ...WHOLE, "last-day": inDays(30), ...more }, id);
const listActs = async () => (await db.act.findMany({ orderBy: { number: "asc" } })).map(({ kind }) => kind);

test("a plan that is sent twice is saved once and logged once", async () => {
  for (let press = 0; press < 2; press++) {
    const { path, html } = await save({ new: "yes" });
    expect(path).toBe(`/newsroom/experiments/${ID}`);
    expect(html).toContain("The plan is saved.");
    expect(html).toContain(WHOLE.name);
  }
  expect(await db.experiment.count()).toBe(1);
  expect(await db.act.findMany()).toMatchObject([
    { kind: "experiment-planned", about: `experiment:${ID}`, after: expect.stringContaining('"arms":"a 50%, b 50%"') },
  ]);
  expect(await open("/newsroom/experiments")).toMatch(/Does a shorter banner bring more\?.*Planned/);
});

test("an invalid form comes back as it was typed, with the reason beside the field", async () => {
  const typed = { cap: "two hundred", "share-a": "70", new: "yes" };
  const { path, html } = await save(typed);
  expect(path).toBe("/newsroom/experiments/new");
  expect(await db.experiment.count()).toBe(0);
  for (const value of [WHOLE.name, "two hundred", "70", "1.08", "7.50", "40000", inDays(30)])
    expect(html).toContain(`value="${value}"`);
  expect(html).toMatch(/id="cap-error">Type an amount/);
  expect(html).toMatch(/id="shares-error">The shares must be whole numbers/);
  expect(html).not.toContain('id="readers-error"');
  // The form shown again has the same experiment id, so the corrected form does not save a second plan.
  expect(html).toContain(`action="/newsroom/experiments/${ID}/plan"`);

  await save();
  const again = await save({ readers: "4" });
  expect(again.path).toBe(`/newsroom/experiments/${ID}`);
  expect(again.html).toMatch(/value="4"[^>]*>.*id="readers-error">/);
  expect(await db.experiment.findUnique({ where: { id: ID } })).toMatchObject({ plannedReaders: 40_000 });
});

test("after the start, neither a stale form nor a second press changes anything", async () => {
  await save();
  expect((await send(start)).html).toContain("The experiment has started.");
  const row = await db.experiment.findUnique({ where: { id: ID } });
  expect(row?.startedAt).not.toBeNull();
  for (const { html } of [await send(start), await save({ readers: "500" })])
    expect(html).toContain("It had already started, so its plan stays as it was.");
  expect((await send(remove)).html).toContain("Running");
  expect(await db.experiment.findUnique({ where: { id: ID } })).toEqual(row);
  expect(await listActs()).toEqual(["experiment-planned", "experiment-started"]);
});

test("only one experiment runs at a time", async () => {
  await save();
  await save({}, OTHER);
  await send(start);
  expect((await send(start, {}, OTHER)).html).toContain("Another experiment still has readers.");
  expect((await send(end)).html).toContain("The experiment has ended.");
  expect((await send(end)).html).not.toContain("The experiment has ended.");
  expect((await send(start, {}, OTHER)).html).toContain("The experiment has started.");
  expect((await listActs()).slice(2)).toEqual(["experiment-started", "experiment-ended", "experiment-started"]);
});

test("a plan with an unknown variant, or whose last day has passed, does not start", async () => {
  await save();
  await db.experiment.update({ where: { id: ID }, data: { lastDay: epochDayOf(currentTime()) - 1 } });
  expect((await send(start)).html).toContain("The plan no longer fits");
  await save();
  await db.experiment.update({ where: { id: ID }, data: { arms: '[{"arm":"a","share":50},{"arm":"z","share":50}]' } });
  expect((await send(start)).html).toContain("The plan no longer fits");
});

test("under high risk no experiment starts, and the page says why", async () => {
  await save();
  env().OUTLET_RISK = "high";
  const { html } = await send(start);
  expect(html).toContain("This site runs under high risk");
  expect(html).not.toContain("Start the experiment");
  expect((await db.experiment.findUnique({ where: { id: ID } }))?.startedAt).toBeNull();
});

test("a plan can be deleted, and a stale tab then starts nothing", async () => {
  await save();
  expect((await send(remove)).html).toContain("The plan is deleted.");
  const { path, html } = await send(start);
  expect(path).toBe("/newsroom/experiments");
  expect(html).toContain("This plan was deleted before.");
  expect(await db.experiment.count()).toBe(0);
});

test("the page of a plan states how many readers it needs and how long that takes", async () => {
  const { html } = await save();
  expect(html).toContain("The past says too little to tell");
  const key = { day: inDays(-3), article: "a_1", appeal: "first", variant: "a", placement: "banner" };
  await db.appealCount.create({ data: { ...key, event: "first-shown", count: 28_000 } });
  for (let gift = 0; gift < 40; gift++)
    await db.payment.create({
      data: {
        ...{ id: `p_${gift}`, status: "succeeded", frequency: "once", amountMinor: 1_000n, currency: "USD" },
        ...{ article: "a_1", paidAt: currentTime(), recordedAt: currentTime() },
      },
    });
  // If 40 of 28,000 readers give $10, the standard deviation of the amount per reader is $0.378. The site adds an
  // allowance for forged reports.
  const needed = /about ([\d,]+) readers\. The plan has 40,000\.<?.* about ([\d,]+) days/.exec(
    await open(`/newsroom/experiments/${ID}`),
  );
  const [readers, days] = [needed?.[1], needed?.[2]].map((text) => Number(text?.replace(/,/g, "")));
  // Without the allowance for forged reports, the plan would need ((2.24 + 0.84) · 37.8 ¢ / 0.75 ¢)² · 4 = 96,000
  // readers.
  expect(readers).toBeGreaterThan(96_000);
  expect(readers).toBeLessThan(135_000);
  expect(days).toBe(Math.ceil((readers ?? 0) / 1_000));
});
