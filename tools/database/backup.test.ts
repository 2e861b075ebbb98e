import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type Stripe from "stripe";

import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { listBooksDifferences } from "../../domain/ledger/check/store/progress";
import { recordEvent } from "../../domain/ledger/record";
import { verifyAuditLog } from "../../domain/newsroom/staff/acts";
import { keyedHashOfAuditEntry, recordActInAuditLog } from "../../systems/auth/staff";
import { checkBooks } from "../../systems/books-check";
import { type Db, openDatabase } from "../../systems/database";
import { type Env, env } from "../../systems/env";
import { buildRecordFactsOptions } from "../../systems/ledger-context";
import { translateEvent } from "../../systems/stripe/translate";
import { openStandIn, type StandIn } from "../../systems/testing/stand-in";
import { makeVariousGifts, testEnvironmentFor } from "../../systems/testing/stripes-books";
import { bundleCommand } from "../test/bundle-command";
import { testInFullRun } from "../test/full-run";
import { runBackup, runRestore } from "./backup/commands";
import { readAuditLogHeadOfBackup } from "./backup/log-head";
import { restoreBackup } from "./backup/restore-backup";
import { takeBackup } from "./backup/take-backup";
import { migrate } from "./migrate.mjs";
import { databaseUrlOnSameServer, runSql } from "./postgres.mjs";

const postgres = inject("postgres");
const folder = mkdtempSync(join(tmpdir(), "appeal-backup-"));
const key = Buffer.alloc(32, 7).toString("base64");
const otherKey = Buffer.alloc(32, 8).toString("base64");
const now = new Date("2026-11-24T12:00:00.000Z");

let bench: StandIn;
let url: string;
let db: Db;
let path: string;
let events: Stripe.Event[];

beforeAll(async () => {
  bench = await openStandIn();
  url = newDatabaseUrl();
  Object.assign(process.env, testEnvironmentFor(bench), {
    DATABASE_URL: url,
    BACKUP_KEY: key,
    ERASURES_FILE: join(folder, "erasures.jsonl"),
  });
  await makeVariousGifts(bench);
  events = (await bench.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 })).reverse();
  await migrate(url);
  db = await openDatabase(url);
  const [before, meanwhile, after] = [events.slice(0, 20), events.slice(20, 40), events.slice(40)];
  await record(before);
  for (let i = 0; i < 3; i++) await addAct();
  const [taken] = await Promise.all([takeBackup({ url, folder, key, now }), record(meanwhile)]);
  path = taken.path;
  await record(after);
});
afterAll(async () => {
  await db.$disconnect();
  await bench.close();
});

function newDatabaseUrl(): string {
  if (postgres) return databaseUrlOnSameServer(postgres.url, `${postgres.template}_${crypto.randomUUID()}`);
  return `file:${join(mkdtempSync(join(folder, "new-")), "ledger.db")}`;
}

async function addAct(): Promise<void> {
  const act = { colleague: null, kind: "events-replayed", about: "event:evt_1" } as const;
  await db.$transaction((tx) => recordActInAuditLog(tx, act));
}

async function record(batch: Stripe.Event[]): Promise<void> {
  for (const event of batch)
    await recordEvent(db, {
      ...buildRecordFactsOptions(now),
      eventId: event.id,
      type: event.type,
      facts: translateEvent(event),
    });
}

async function check(ledger: Db, mode: "check" | "repair") {
  const { id } = await checkBooks(ledger, { mode, graceMs: 0 });
  return listBooksDifferences(ledger, id);
}

async function exists(address: string): Promise<boolean> {
  if (!postgres) return readdirSync(dirname(address.slice(5))).length > 0;
  const name = new URL(address).pathname.slice(1);
  return (await runSql(postgres.url, "SELECT 1 FROM pg_database WHERE datname = $1", [name])).length > 0;
}

test("a restore brings back everything up to the backup; the comparison with Stripe then fetches the rest, after which it finds no difference", async () => {
  const into = newDatabaseUrl();
  const { head, manifest } = await restoreBackup({ path, into, key, erasures: [] });
  expect(head.takenAt).toBe(now.toISOString());
  const restored = await openDatabase(into);
  const restoredEvents = await restored.receivedEvent.count();
  expect(restoredEvents).toBeGreaterThanOrEqual(20);
  expect(restoredEvents).toBeLessThanOrEqual(40);
  expect(manifest.find(({ name }) => name === "ReceivedEvent")?.rows).toBe(restoredEvents);
  expect(events.length).toBeGreaterThan(50);

  const differences = await check(restored, "check");
  expect(differences.length).toBeGreaterThan(10);
  // The backup was taken while events were recorded. Nevertheless, its totals must agree with its entries.
  expect(differences.filter(({ place }) => place.startsWith("total"))).toEqual([]);
  expect((await check(restored, "repair")).filter(({ repaired }) => !repaired)).toEqual([]);
  expect(await check(restored, "check")).toEqual([]);
  await restored.$disconnect();
});

test("a restore whose erasures fail leaves no row of the backup behind", async () => {
  const into = newDatabaseUrl();
  const unreadable = {
    get supporterId(): string {
      throw new Error("unreadable");
    },
    addressHashes: [],
    erasedAt: now,
  };
  await expect(restoreBackup({ path, into, key, erasures: [unreadable] })).rejects.toThrow("unreadable");
  if (!postgres) expect(await exists(into)).toBe(false);
  else expect(await runSql(into, 'SELECT count(*)::int AS rows FROM "ReceivedEvent"')).toEqual([{ rows: 0 }]);
});

test("a restore never overwrites an existing ledger", async () => {
  await expect(restoreBackup({ path, into: url, key, erasures: [] })).rejects.toThrow("A restore overwrites nothing");
  expect(await db.receivedEvent.count()).toBe(events.length);
});

test("a backup is encrypted, only its owner may read the file, and no temporary file is left", () => {
  const bytes = readFileSync(path);
  for (const word of ["Supporter", "pi_", "evt_"]) expect(bytes.includes(word)).toBe(false);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((name) => /unfinished|\.tmp/.test(name))).toEqual([]);
});

const size = () => statSync(path).size;
test.each([
  ["another key", (bytes: Buffer) => bytes, otherKey, "BACKUP_KEY is not the key"],
  ["a cut at its end", (bytes: Buffer) => bytes.subarray(0, size() - 1), key, "is cut off, or damaged at its end"],
  ["only a part of its header", (bytes: Buffer) => bytes.subarray(0, 80), key, "cut off in its header"],
  ["half of its first line", (bytes: Buffer) => bytes.subarray(0, 10), key, "is not a backup of this site"],
  ["a flipped bit", (bytes: Buffer) => flip(bytes, Math.floor(size() / 2)), key, "damaged"],
  ["a flipped bit in its header", (bytes: Buffer) => flip(bytes, 60), key, "header"],
  ["bytes added", (bytes: Buffer) => Buffer.concat([bytes, Buffer.from("x")]), key, "damaged"],
  ["another file", () => Buffer.from("SQLite format 3".repeat(20)), key, "is not a backup of this site"],
])("a backup with %s is refused, and nothing is written", async (_, change, usedKey, message) => {
  const [into, changed] = [newDatabaseUrl(), join(mkdtempSync(join(folder, "changed-")), "a.backup")];
  writeFileSync(changed, change(Buffer.from(readFileSync(path))));
  await expect(restoreBackup({ path: changed, into, key: usedKey, erasures: [] })).rejects.toThrow(message);
  expect(await exists(into).catch(() => false)).toBe(false);
});

function flip(bytes: Buffer, position: number): Buffer {
  bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
  return bytes;
}

test("the commands take and restore a backup, and print what they did", async () => {
  const lines = vi.spyOn(console, "log").mockReturnValue();
  const to = join(folder, "by-command");
  await runBackup(["--to", to]);
  expect(lines.mock.calls.join("\n")).toMatch(/Payment +6 rows/);
  const [file = ""] = backupsIn(to);
  await runRestore([join(to, file), "--into", newDatabaseUrl()]);
  expect(lines.mock.calls.at(-1)?.[0]).toContain("equal to the backup's manifest");
  await expect(runRestore([join(to, file)])).rejects.toThrow("A restore overwrites nothing");
});

testInFullRun("the commands run as processes of their own", async () => {
  const to = join(folder, "by-process");
  const taken = await start("tools/database/backup.ts", "--to", to);
  expect(taken).toMatch(/Payment +6 rows/);
  const [file = ""] = backupsIn(to);
  const again = await start("tools/database/restore.ts", join(to, file), "--into", newDatabaseUrl());
  expect(again).toContain("equal to the backup's manifest");
});

test("no backup is taken without a key", async () => {
  const to = join(folder, "without-key");
  await expect(withSettings({ BACKUP_KEY: "" }, () => runBackup(["--to", to]))).rejects.toThrow(
    /BACKUP_KEY is missing/,
  );
  expect(existsSync(to)).toBe(false);
});

test("a restore needs the list of erasures, which a backup copies beside itself", async () => {
  const lines = vi.spyOn(console, "log").mockReturnValue();
  const to = join(folder, "with-list");
  const line = JSON.stringify({ supporterId: "s_1", addressHashes: [], erasedAt: now.toISOString() });
  writeFileSync(join(folder, "erasures.jsonl"), `${line}\n`);
  await runBackup(["--to", to]);
  await runBackup(["--to", to]);
  expect(readFileSync(join(to, "erasures.jsonl"), "utf8")).toBe(`${line}\n`);
  const [file = ""] = backupsIn(to);
  rmSync(join(to, "erasures.jsonl"));
  await withSettings({ ERASURES_FILE: join(folder, "lost.jsonl") }, async () => {
    const restore = [join(to, file), "--into", newDatabaseUrl()];
    await expect(runRestore(restore)).rejects.toThrow("There is no list of erasures at");
    writeFileSync(join(folder, "empty.jsonl"), "");
    await runRestore([...restore, "--erasures", join(folder, "empty.jsonl")]);
  });
  expect(lines.mock.calls.at(-1)?.[0]).toContain("equal to the backup's manifest");
});

function backupsIn(place: string): string[] {
  return readdirSync(place).filter((name) => name.endsWith(".backup"));
}

async function start(entry: string, ...args: string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, [await bundleCommand(entry), ...args])).stdout;
}

async function withSettings<T>(changes: Partial<Env>, work: () => Promise<T>): Promise<T> {
  const before = { ...env() };
  Object.assign(env(), changes);
  return work().finally(() => Object.assign(env(), before));
}

test("with a backup, the check of the audit log notices entries that were removed from its end, and accepts new ones", async () => {
  const logHead = await readAuditLogHeadOfBackup(path, key);
  expect(logHead).toMatchObject({ number: 3 });
  await addAct();
  expect(await verifyAuditLog(db, keyedHashOfAuditEntry, { known: logHead ? [logHead] : [] })).toMatchObject({
    kind: "whole",
    head: { number: 4 },
  });
  const off = postgres ? ['ALTER TABLE "Act" DISABLE TRIGGER USER'] : ['DROP TRIGGER "Act_no_delete"'];
  for (const statement of off) await db.$executeRawUnsafe(statement);
  await db.act.deleteMany({ where: { number: { gte: 3 } } });
  expect(await verifyAuditLog(db, keyedHashOfAuditEntry)).toMatchObject({ kind: "whole", head: { number: 2 } });
  expect(await verifyAuditLog(db, keyedHashOfAuditEntry, { known: logHead ? [logHead] : [] })).toEqual({
    kind: "cut",
    number: 3,
  });
  // Adds a new entry, which gets the number of a deleted entry. The check must not accept it as the deleted entry.
  await addAct();
  expect(await verifyAuditLog(db, keyedHashOfAuditEntry, { known: logHead ? [logHead] : [] })).toEqual({
    kind: "broken",
    number: 3,
  });
});
