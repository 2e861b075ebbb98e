import { encode } from "next-auth/jwt";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, test } from "vitest";
import { ACCOUNTING_EXPORT_COLUMNS } from "@/domain/newsroom/exports/payments";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { openSession } from "@/systems/auth/options";
import { currentTime } from "@/systems/clock";
import type { Db } from "@/systems/database";
import { env } from "@/systems/env";
import { identityCrypto } from "@/systems/identity";
import { runInRequestOfTestBrowser, type TestBrowserState } from "@/systems/testing/request-scope";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import ExportsPage from "./page";
import { POST as download } from "./payments/route";

Object.assign(process.env, {
  SITE_URL: "http://127.0.0.1:3000",
  DATABASE_URL: "file:/dev/null/never-opened.db",
  STRIPE_SECRET_KEY: "sk_test_exports",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  SMTP_URL: "smtp://127.0.0.1:9",
  NEXTAUTH_SECRET: "x".repeat(32),
  IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  STAFF_EMAILS: "root@example.org",
});

/**
 * In Moscow, the newsroom's time zone, a day begins at 21:00 UTC. INSIDE: the first and last moment of NOVEMBER.
 * OUTSIDE: the moments just before and after it.
 */
const NOVEMBER = { from: "2026-11-01", to: "2026-11-30" };
const INSIDE = [new Date("2026-10-31T21:00:00.000Z"), new Date("2026-11-30T20:59:59.999Z")] as const;
const OUTSIDE = [new Date("2026-10-31T20:59:59.999Z"), new Date("2026-11-30T21:00:00.000Z")] as const;

let db: Db;
let admin: TestBrowserState;

beforeEach(async () => {
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  const address = identityCrypto().sealAddress("anna@example.org");
  if (!address) throw new Error("no address");
  await db.staff.create({ data: { ...address, id: "anna", role: "admin", since: currentTime() } });
  const token = await openSession(db, address.emailHash);
  await db.session.updateMany({ data: { secondFactorAt: currentTime() } });
  admin = { session: await encode({ token, secret: env().NEXTAUTH_SECRET }) };
});

type Moved = { amount: bigint; fee?: bigint; kind?: string; at?: Date; source?: string; id: string; payment?: string };

async function addPayment(
  id: string,
  { amount = 2_000n, covered = 0n, currency = "EUR", article = "a_1" as string | null } = {},
) {
  const at = INSIDE[0];
  await db.supporter.upsert({
    where: { id: "supporter_olga" },
    create: { id: "supporter_olga", locale: "ru", createdAt: at },
    update: {},
  });
  const money = {
    amountMinor: amount,
    coveredFeeMinor: covered,
    currency,
    frequency: "once",
    status: "succeeded",
    article,
  };
  await db.payment.create({ data: { id, ...money, paidAt: at, recordedAt: at, supporterId: "supporter_olga" } });
}

function addMoved({ id, amount, fee = 0n, kind = "payment", at = INSIDE[0], source = "ch_1", payment = "P1" }: Moved) {
  const of = { id, kind, paymentId: payment, sourceId: source, currency: "USD" };
  const minor = { amountMinor: amount, feeMinor: fee, netMinor: amount - fee };
  return db.balanceEntry.create({ data: { ...of, ...minor, occurredAt: at, recordedAt: at } });
}

/** Adds `count` balance entries with the same time, half of them for payment P2. */
async function addManyMoved(count: number): Promise<void> {
  await addMoved({ id: "txn_0", amount: 100n, payment: "P1" });
  await db.$executeRaw`
    INSERT INTO "BalanceEntry"
      ("id", "kind", "paymentId", "sourceId", "currency", "amountMinor", "feeMinor", "netMinor", "occurredAt", "recordedAt")
    WITH RECURSIVE "n" ("i") AS (SELECT 1 UNION ALL SELECT "i" + 1 FROM "n" WHERE "i" < ${count - 1})
    SELECT "id" || '_' || ("i" * 7919 % 100000) || '_' || "i", "kind", CASE "i" % 2 WHEN 0 THEN 'P1' ELSE 'P2' END, "sourceId",
      "currency", "amountMinor" + "i" % 977, "i" % 31, "amountMinor" + "i" % 977 - "i" % 31, "occurredAt", "recordedAt"
    FROM "BalanceEntry" CROSS JOIN "n"`;
}

function addEntry(key: string, amountMinor: bigint) {
  const [kind = ""] = key.split(":");
  const of = { key, kind, paymentId: "P1", amountMinor, currency: "EUR" };
  return db.entry.create({ data: { ...of, occurredAt: INSIDE[0], recordedAt: INSIDE[0] } });
}

async function press(fields: Record<string, string>): Promise<Response> {
  const headers = { "sec-fetch-site": "same-origin" };
  const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body: new URLSearchParams(fields) });
  return runInRequestOfTestBrowser(admin, () => download(request, { params: Promise.resolve({}) }));
}

/** Downloads the export and returns its rows by column name. Works only if no cell contains a comma or a line break. */
async function readRows(range = NOVEMBER): Promise<Record<string, string>[]> {
  const lines = (await (await press(range)).text()).split("\r\n").filter(Boolean);
  return lines
    .slice(1)
    .map((line) => Object.fromEntries(line.split(",").map((cell, i) => [ACCOUNTING_EXPORT_COLUMNS[i] ?? "", cell])));
}

async function readPage(query: Record<string, string> = {}): Promise<string> {
  const page = () => ExportsPage({ searchParams: Promise.resolve(query) });
  return (await runInRequestOfTestBrowser(admin, async () => renderToStaticMarkup(await page()))).replaceAll(
    /\s+/g,
    " ",
  );
}

test("an export has a row for each payment, refund, dispute and return, in the gift's and the settled currency", async () => {
  await addPayment("P1", { covered: 57n });
  await addEntry("refund:re_1", -500n);
  await addEntry("dispute:txn_3", -1_500n);
  await addMoved({ id: "txn_1", amount: 2_200n, fee: 94n });
  await addMoved({ id: "txn_2", kind: "refund", amount: -550n, source: "re_1" });
  await addMoved({ id: "txn_3", kind: "dispute", amount: -1_650n, fee: 2_000n, source: "dp_1" });
  await addMoved({ id: "txn_4", kind: "payment-returned", amount: -2_200n, fee: 35n });
  const rows = await readRows();
  expect(rows[0]).toEqual({
    day: "2026-11-01",
    time_utc: "2026-10-31T21:00:00.000Z",
    type: "payment",
    receipt: "P1",
    article: "a_1",
    given: "20.00",
    given_currency: "EUR",
    gross: "22.00",
    fee: "0.94",
    net: "21.06",
    returned: "0.00",
    settled_currency: "USD",
    stripe_balance_transaction: "txn_1",
    stripe_object: "ch_1",
    covered_fee: "0.57",
    payout: "",
    payout_day: "",
  });
  expect(rows.slice(1).map((row) => row.covered_fee)).toEqual(["", "", ""]);
  const figures = rows.map(({ type, given, gross, fee, net, returned }) => [type, given, gross, fee, net, returned]);
  expect(figures.slice(1)).toEqual([
    ["refund", "-5.00", "0.00", "0.00", "-5.50", "5.50"],
    ["dispute", "-15.00", "0.00", "20.00", "-36.50", "16.50"],
    ["payment-returned", "-20.00", "0.00", "0.35", "-22.35", "22.00"],
  ]);
});

test("an export includes its first and its last day in full, in the newsroom's time zone", async () => {
  await addPayment("P1");
  for (const [n, at] of [...INSIDE, ...OUTSIDE].entries()) await addMoved({ id: `txn_${n}`, amount: 100n, at });
  const rows = await readRows();
  expect(rows.map(({ stripe_balance_transaction: id, day }) => [id, day])).toEqual([
    ["txn_0", "2026-11-01"],
    ["txn_1", "2026-11-30"],
  ]);
  expect(await readPage(NOVEMBER)).toContain("2 rows, from Nov 1, 2026 to Nov 30, 2026.");
});

test("exports thousands of rows with the same time, each once, with the sum of the ledger", async () => {
  await addPayment("P1");
  await addPayment("P2", { currency: "JPY", amount: 300n });
  await addManyMoved(5_000);
  const rows = await readRows();
  expect(new Set(rows.map((row) => row.stripe_balance_transaction)).size).toBe(5_000);
  expect(rows).toHaveLength(5_000);
  const sumOf = (column: string) => rows.reduce((sum, row) => sum + BigInt((row[column] ?? "").replace(".", "")), 0n);
  const { _sum } = await db.balanceEntry.aggregate({ _sum: { netMinor: true } });
  expect(sumOf("net")).toBe(_sum.netMinor);
  expect(sumOf("gross") - sumOf("fee") - sumOf("returned")).toBe(sumOf("net"));
  expect(rows.find(({ receipt }) => receipt === "P2")?.given).toBe("300");
});

test("a cell that looks like a formula is escaped, an amount stays a number, and the file begins with a UTF-8 BOM", async () => {
  await addPayment("P1", { article: '=HYPERLINK("https://evil.example")' });
  await addMoved({ id: "txn_1", kind: "refund", amount: -100n });
  const answer = await press(NOVEMBER);
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="payments-2026-11-01-2026-11-30.csv"');
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const csv = bytes.toString("utf8");
  expect(csv.split("\r\n")[0]).toBe(`\ufeff${ACCOUNTING_EXPORT_COLUMNS.join(",")}`);
  expect(csv).toContain(`,"'=HYPERLINK(""https://evil.example"")",`);
  expect(csv).toContain(",-1.00,");
  expect(csv).not.toContain("olga");
});

test("the log records who exported which days, and how many rows", async () => {
  await addPayment("P1");
  await addMoved({ id: "txn_1", amount: 100n });
  await (await press(NOVEMBER)).text();
  const [act] = await db.act.findMany();
  expect(act).toMatchObject({ by: "anna", kind: "payments-exported", about: "export:payments" });
  expect(JSON.parse(act?.after ?? "")).toEqual({ ...NOVEMBER, rows: 1 });
});

test.each([
  [{ from: "2026-02-30", to: "2026-03-01" }, "Write both days"],
  [{ from: "", to: "2026-03-01" }, "Write both days"],
  [{ from: "2026-03-02", to: "2026-03-01" }, "The last day is before the first"],
  [{ from: "2001-01-01", to: "2026-03-01" }, "at most ten years"],
  [{ from: "=1+1", to: "<script>" }, "Write both days"],
])("refuses %j with a text beside the field, keeps what was typed, and exports nothing", async (typed, words) => {
  const answer = await press(typed);
  const { pathname, searchParams } = new URL(answer.headers.get("location") ?? "", "http://127.0.0.1:3000");
  expect([pathname, Object.fromEntries(searchParams)]).toEqual(["/newsroom/exports", typed]);
  const page = await readPage(typed);
  expect(page).toContain(words);
  expect(page).not.toContain("Download the CSV");
  expect(page).not.toContain("<script>");
  expect(await db.act.count()).toBe(0);
});

/**
 * Lets the event loop turn many times. A server that did not wait for the browser would read the whole ledger in this
 * time.
 */
async function letOthersRun(): Promise<void> {
  for (let turn = 0; turn < 2_000; turn++) await new Promise((done) => setImmediate(done));
}

test("reads the ledger only as fast as the browser reads the file, and stops if the browser disconnects", async () => {
  await addPayment("P1");
  await addPayment("P2");
  await addManyMoved(20_000);
  let queries = 0;
  const counting = new Proxy(db, {
    get: (target, name) => {
      if (name === "$queryRaw") queries += 1;
      return Reflect.get(target, name);
    },
  });
  setRuntimeDatabase(counting);
  const answer = await press(NOVEMBER);
  const reader = answer.body?.getReader();
  await reader?.read();
  await letOthersRun();
  const read = queries;
  expect(read).toBeLessThan(8);
  await reader?.cancel();
  await letOthersRun();
  expect(queries).toBeLessThanOrEqual(read + 1);
});
