import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { epochDayOf } from "@/domain/appeal/experiment";
import { experimentRowOf } from "@/domain/appeal/experiments";
import { insertExperiment } from "@/domain/appeal/store";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { getFirstAppealVariant, listArticles } from "@/systems/content";
import type { Db } from "@/systems/database";
import { env } from "@/systems/env";
import { setRuntime, setRuntimeDatabase } from "@/systems/testing/runtime";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import handleDeviceReport from "../../pages/api/count";
import { newReportLimiterPerIpAddress } from "./client-limit";
import { writePendingCounts } from "./counter";

const OWN_PAGE = { "sec-fetch-site": "same-origin" };
const article = listArticles()[0]?.id ?? "";
const { id: appeal, variant } = getFirstAppealVariant(publication.defaultLanguage);
const SUBJECT = `banner ${article} ${appeal} ${variant}`;

let db: Db;
let server: Server;
let address = "";

beforeEach(async () => {
  Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }));
  env().OUTLET_RISK = "standard";
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  setRuntime({ counts: undefined, countsTimer: undefined, countsWritten: undefined, liveExperiment: undefined });
  server = createServer(handleDeviceReport).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/count`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function report(body: string, headers: Record<string, string> = OWN_PAGE): Promise<number> {
  return (await fetch(address, { method: "POST", body, headers })).status;
}

const write = () => writePendingCounts(async () => db);

async function startExperiment({ plannedReaders = 1_000, days = 10 } = {}): Promise<string> {
  const now = currentTime();
  const arms = [
    { arm: variant, share: 90 },
    { arm: "hold-out", share: 10 },
  ];
  const plan = {
    appeal,
    arms,
    currency: "USD" as const,
    rates: {},
    capMinor: 20_000,
    plannedReaders,
    smallestEffectMinor: 1,
  };
  const times = { lastDay: epochDayOf(now) + days, createdAt: now, startedAt: now, endedAt: null };
  await insertExperiment(db, experimentRowOf({ id: "x_00000001", name: "Does asking help?", ...plan, ...times }));
  return "x_00000001";
}

test("reports become sums per event and article, written together", async () => {
  for (let i = 0; i < 3; i++) expect(await report(`shown ${SUBJECT}`)).toBe(204);
  expect(await report(`closed ${SUBJECT}`)).toBe(204);
  expect(await report(`given give - ${appeal} ${variant}`)).toBe(204);
  expect(await db.appealCount.count()).toBe(0);
  await write();
  await report(`shown ${SUBJECT}`);
  await write();
  const rows = await db.appealCount.findMany({ orderBy: { count: "desc" } });
  expect(rows.map(({ event, count, article }) => [event, count, article])).toEqual(
    expect.arrayContaining([
      ["shown", 4, article],
      ["closed", 1, article],
      ["given", 1, ""],
    ]),
  );
  expect(rows).toHaveLength(3);
});

test("no row contains an IP address, a cookie, a header or a time of day", async () => {
  await report(`shown ${SUBJECT}`, {
    ...OWN_PAGE,
    cookie: "session=secret",
    referer: "http://127.0.0.1:3000/articles/secret",
    "user-agent": "secret",
    "x-forwarded-for": "203.0.113.7",
  });
  await write();
  const text = JSON.stringify(await db.appealCount.findMany());
  expect(text).not.toMatch(/secret|203\.0\.113|\d\d:\d\d/);
});

test.each([
  ["another site", { "sec-fetch-site": "cross-site" }],
  ["a program without an origin", {}],
])("%s is refused", async (_, headers) => {
  expect(await report(`shown ${SUBJECT}`, headers)).toBe(403);
});

test("unknown names and long bodies are refused and count nothing", async () => {
  expect(await report(`shown banner a_00000000 ${appeal} ${variant}`)).toBe(422);
  expect(await report(`shown ${"x".repeat(1_000)}`)).toBe(413);
  await write();
  expect(await db.appealCount.count()).toBe(0);
});

test("a device gets the day and the running experiment, and counts once for its variant", async () => {
  const terms = async () => (await fetch(address)).json();
  const day = epochDayOf(currentTime());
  expect(await terms()).toEqual({ day, experiment: null });
  const id = await startExperiment();
  setRuntime({ liveExperiment: undefined });
  const answer = await fetch(address);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=60");
  const arms = [
    { arm: variant, share: 90 },
    { arm: "hold-out", share: 10 },
  ];
  expect(await answer.json()).toEqual({ day, experiment: { id, arms, isOpen: true } });
  expect(await report(`shown+exposed ${SUBJECT} ${id} hold-out`)).toBe(204);
  await write();
  expect(
    await db.experimentCount.findUnique({
      where: { experiment_arm_day_event: { experiment: id, arm: "hold-out", day, event: "exposed" } },
    }),
  ).toMatchObject({ count: 1 });
});

test("an experiment with enough readers accepts no new device", async () => {
  const id = await startExperiment({ plannedReaders: 2 });
  for (let i = 0; i < 2; i++) await report(`shown+exposed ${SUBJECT} ${id} ${variant}`);
  await write();
  setRuntime({ liveExperiment: undefined });
  expect(await (await fetch(address)).json()).toMatchObject({ experiment: { isOpen: false } });
  expect(await report(`shown+exposed ${SUBJECT} ${id} ${variant}`)).toBe(422);
  expect(await report(`closed ${SUBJECT} ${id} ${variant}`)).toBe(204);
});

test("with OUTLET_RISK=high nothing is counted and no experiment runs", async () => {
  await startExperiment();
  env().OUTLET_RISK = "high";
  expect(await (await fetch(address)).json()).toBeNull();
  expect(await report(`shown ${SUBJECT}`)).toBe(404);
  await write();
  expect(await db.appealCount.count()).toBe(0);
});

test("sums that could not be written are written once, later", async () => {
  await report(`shown ${SUBJECT}`);
  await writePendingCounts(() => Promise.reject(new Error("the ledger is unavailable")));
  await report(`shown ${SUBJECT}`);
  await write();
  await write();
  expect(await db.appealCount.findMany()).toMatchObject([{ event: "shown", count: 2 }]);
});

test("while the ledger is unavailable, reports are answered with 503", async () => {
  const unavailable = Promise.reject(Object.assign(new Error("no answer"), { code: "P1001" }));
  unavailable.catch(() => {});
  setRuntimeDatabase(unavailable);
  expect((await fetch(address)).status).toBe(503);
  expect(await report(`shown ${SUBJECT}`)).toBe(503);
});

test("a client may send a limited number of reports in ten minutes, and the number of clients in memory is limited", () => {
  const may = newReportLimiterPerIpAddress({ maxReports: 2, maxClients: 2 });
  const now = Date.now();
  expect([may("one", now), may("one", now), may("one", now)]).toEqual([true, true, false]);
  expect([may("two", now), may("three", now)]).toEqual([true, false]);
  expect(may("three", now + 10 * 60_000)).toBe(true);
  expect([1, 2, 3, 4].map(() => may(null, now))).toEqual([true, true, true, true]);
});
