import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import { getFirstAppealVariant, listArticles } from "@/systems/content";
import type { Db } from "@/systems/database";
import { env } from "@/systems/env";
import { setRuntime, setRuntimeDatabase } from "@/systems/testing/runtime";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import { createGracefulShutdown } from "@/tools/run/graceful-shutdown.mjs";
import { shutDownSite } from "@/tools/run/shut-down-site";
import handleDeviceReport from "../../pages/api/count";
import { addToPendingCounts, writePendingCounts } from "./counter";

const OWN_PAGE = { "sec-fetch-site": "same-origin" };
const { id: appeal, variant } = getFirstAppealVariant(publication.defaultLanguage);
const REPORT = `shown banner ${listArticles()[0]?.id} ${appeal} ${variant}`;

let db: Db;
let server: Server;
let port = 0;

beforeEach(async () => {
  Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }));
  env().OUTLET_RISK = "standard";
  env().TRUSTED_PROXY_HOPS = 1;
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  setRuntime({ counts: undefined, countsTimer: undefined, countsWritten: undefined, liveExperiment: undefined });
  server = createServer(handleDeviceReport).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function report(client: string): Promise<number> {
  const headers = { ...OWN_PAGE, "x-forwarded-for": client };
  return (await fetch(`http://127.0.0.1:${port}/api/count`, { method: "POST", body: REPORT, headers })).status;
}

const countShown = async () => (await db.appealCount.findFirst({ where: { event: "shown" } }))?.count ?? 0;

test("one client may send 300 reports in ten minutes, and others are not affected", async () => {
  const answers = new Map<number, number>();
  for (let i = 0; i < 305; i++) {
    const status = await report("203.0.113.7");
    answers.set(status, (answers.get(status) ?? 0) + 1);
  }
  expect([...answers]).toEqual([
    [204, 300],
    [429, 5],
  ]);
  expect(await report("203.0.113.8")).toBe(204);
  await writePendingCounts(async () => db);
  expect(await countShown()).toBe(301);
});

test("however many reports come, the ledger is queried a few times a second", async () => {
  let statements = 0;
  const counting = new Proxy(db, {
    get: (target, name) => {
      statements += 1;
      return Reflect.get(target, name);
    },
  });
  setRuntimeDatabase(counting);
  const startedMs = performance.now();
  for (let i = 0; i < 200; i++) expect(await report(`198.51.100.${i}`)).toBe(204);
  const seconds = (performance.now() - startedMs) / 1_000;
  // Each second, the site queries the ledger about once for the experiment and two or three times for the published
  // appeals. Every five seconds it writes the counts. The limit is well above that.
  expect(statements).toBeLessThanOrEqual(6 * Math.ceil(seconds) + 6);
  expect(statements).toBeGreaterThan(0);
  await writePendingCounts(async () => db);
  expect(await countShown()).toBe(200);
});

const keyOf = (article: number) => ({
  ...({ table: "appeal", day: "2026-11-27", article: `a_${article}`, appeal, variant, placement: "banner" } as const),
  event: "shown",
});
const never = () => Promise.reject(new Error("not written in this test"));

test("if the ledger fails while many sums are written, the next write adds the missing ones, and none twice", async () => {
  for (let article = 0; article < 600; article++) addToPendingCounts([keyOf(article)], never);
  let transactions = 0;
  const failing = new Proxy(db, {
    get: (target, name) => {
      if (name === "$transaction" && ++transactions === 2) throw new Error("the connection was closed");
      return Reflect.get(target, name);
    },
  });
  await writePendingCounts(async () => failing);
  const written = await db.appealCount.count();
  expect(written).toBeGreaterThan(0);
  expect(written).toBeLessThan(600);
  await writePendingCounts(async () => db);
  expect(await db.appealCount.count()).toBe(600);
  expect(await db.appealCount.count({ where: { count: 1 } })).toBe(600);
});

test("the number of sums in memory is limited: a new sum is refused, and a known one still counts", async () => {
  for (let article = 0; article < 5_000; article++) expect(addToPendingCounts([keyOf(article)], never)).toBe(true);
  expect(addToPendingCounts([keyOf(5_000)], never)).toBe(false);
  expect(addToPendingCounts([keyOf(0)], never)).toBe(true);
  expect(await report("203.0.113.9")).toBe(503);
  await writePendingCounts(async () => db);
  expect(await db.appealCount.count()).toBe(5_000);
  expect(await db.appealCount.findFirst({ where: { article: "a_0" } })).toMatchObject({ count: 2 });
  expect(await report("203.0.113.9")).toBe(204);
});

test("a report that is still arriving when the server shuts down is in the ledger afterwards", async () => {
  expect(await report("203.0.113.10")).toBe(204);
  const begun = new Promise((resolve) => server.once("request", resolve));
  const device = connect(port, "127.0.0.1");
  const head = [
    "POST /api/count HTTP/1.1",
    "Host: site",
    "Sec-Fetch-Site: same-origin",
    `Content-Length: ${REPORT.length}`,
  ];
  device.write(`${head.join("\r\n")}\r\n\r\n${REPORT.slice(0, 5)}`);
  await begun;
  const ended = shutDownSite({
    endServer: createGracefulShutdown(server, { idleClosedEveryMs: 5 }),
    writeReports: () => writePendingCounts(async () => db),
    closePages: async () => {},
    endJobs: async () => {},
  });
  device.write(REPORT.slice(5));
  await ended;
  device.destroy();
  expect(await countShown()).toBe(2);
});

test("a write waits for the write in progress", async () => {
  await report("203.0.113.11");
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const first = writePendingCounts(async () => opened.then(() => db));
  let hasWritten = false;
  const last = writePendingCounts(async () => db).then(() => {
    hasWritten = true;
  });
  await new Promise(setImmediate);
  expect(hasWritten).toBe(false);
  open();
  await Promise.all([first, last]);
  expect(await countShown()).toBe(1);
});
