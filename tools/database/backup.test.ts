// The restore drill: a backup under load, the loss of all that came after, and the books check that brings it back.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { listDifferences } from "../../domain/ledger/check/store/progress";
import { recordEvent } from "../../domain/ledger/record";
import { type Bench, openBench } from "../../packages/stripe-sandbox/src/testing/bench";
import { checkBooks } from "../../systems/books-check";
import { type Db, openDatabase } from "../../systems/database";
import { recordingTerms } from "../../systems/recording";
import { translateEvent } from "../../systems/stripe/translate";
import { liveThrough, settingsFor } from "../../systems/testing/stripes-books";
import { restoreBackup } from "./backup/restored";
import { takeBackup } from "./backup/taken";
import { migrate } from "./migrate.mjs";
import { besideDatabase, runSql } from "./postgres.mjs";

// Says to vitest.config.ts that this runs on both databases: prisma/fresh-ledger.
const postgres = inject("postgres");
const folder = mkdtempSync(join(tmpdir(), "appeal-backup-"));
const secret = Buffer.alloc(32, 7);
const now = new Date("2026-11-24T12:00:00.000Z");

let bench: Bench;
let url: string;
let db: Db;
let path: string;
let events: Stripe.Event[];

beforeAll(async () => {
  bench = await openBench();
  url = newAddress();
  Object.assign(process.env, settingsFor(bench), {
    DATABASE_URL: url,
    BACKUP_KEY: secret.toString("base64"),
    ERASURES_FILE: join(folder, "erasures.jsonl"),
  });
  await liveThrough(bench);
  events = (await bench.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 })).reverse();
  await migrate(url);
  db = await openDatabase(url);
  const [before, meanwhile, after] = [events.slice(0, 20), events.slice(20, 40), events.slice(40)];
  await record(before);
  const [taken] = await Promise.all([takeBackup({ url, folder, secret, now }), record(meanwhile)]);
  path = taken.path;
  await record(after);
}, 60_000);
afterAll(async () => {
  await db.$disconnect();
  await bench.close();
});

function newAddress(): string {
  if (postgres) return besideDatabase(postgres.url, `${postgres.template}_${crypto.randomUUID()}`);
  return `file:${join(mkdtempSync(join(folder, "new-")), "ledger.db")}`;
}

async function record(some: Stripe.Event[]): Promise<void> {
  for (const event of some)
    await recordEvent(db, {
      ...recordingTerms(now),
      eventId: event.id,
      type: event.type,
      facts: translateEvent(event),
    });
}

async function check(ledger: Db, mode: "check" | "repair") {
  const { id } = await checkBooks(ledger, { mode, graceMs: 0 });
  return listDifferences(ledger, id);
}

async function exists(address: string): Promise<boolean> {
  if (!postgres) return readdirSync(dirname(address.slice(5))).length > 0;
  const name = new URL(address).pathname.slice(1);
  return (await runSql(postgres.url, "SELECT 1 FROM pg_database WHERE datname = $1", [name])).length > 0;
}

test("what came before the backup is there again; the books check brings back the rest and ends equal", async () => {
  const into = newAddress();
  const { head, manifest } = await restoreBackup({ path, into, secret, erasures: [] });
  expect(head.takenAt).toBe(now.toISOString());
  const restored = await openDatabase(into);
  const kept = await restored.receivedEvent.count();
  expect(kept).toBeGreaterThanOrEqual(20);
  expect(kept).toBeLessThanOrEqual(40);
  expect(manifest.find(({ name }) => name === "ReceivedEvent")?.rows).toBe(kept);
  expect(events.length).toBeGreaterThan(50);

  const lost = await check(restored, "check");
  expect(lost.length).toBeGreaterThan(10);
  // Taken in the middle of the recording, yet of one moment: the sums that are kept are those of the entries.
  expect(lost.filter(({ place }) => place.startsWith("total"))).toEqual([]);
  expect((await check(restored, "repair")).filter(({ repaired }) => !repaired)).toEqual([]);
  expect(await check(restored, "check")).toEqual([]);
  await restored.$disconnect();
});

test("a ledger that is there is never written over", async () => {
  await expect(restoreBackup({ path, into: url, secret, erasures: [] })).rejects.toThrow(
    /a restore overwrites nothing/,
  );
  expect(await db.receivedEvent.count()).toBe(events.length);
});

test("nothing of a person can be read in it, and only its owner may open it", () => {
  const bytes = readFileSync(path);
  for (const word of ["Supporter", "pi_", "evt_"]) expect(bytes.includes(word)).toBe(false);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((name) => /unfinished|\.tmp/.test(name))).toEqual([]);
});

const size = () => statSync(path).size;
test.each([
  ["another key", (bytes: Buffer) => bytes, Buffer.alloc(32, 8), "BACKUP_KEY is not the one"],
  ["a cut at its end", (bytes: Buffer) => bytes.subarray(0, size() - 1), secret, "damaged or cut off"],
  ["nothing but its head", (bytes: Buffer) => bytes.subarray(0, 80), secret, "damaged or cut off"],
  ["half a head", (bytes: Buffer) => bytes.subarray(0, 40), secret, "no backup of this site"],
  ["a flipped bit", (bytes: Buffer) => flip(bytes, Math.floor(size() / 2)), secret, "is damaged"],
  ["a flipped bit in its head", (bytes: Buffer) => flip(bytes, 20), secret, "first bytes are damaged"],
  ["bytes added", (bytes: Buffer) => Buffer.concat([bytes, Buffer.from("x")]), secret, "is damaged"],
  ["another file", () => Buffer.from("SQLite format 3".repeat(20)), secret, "no backup of this site"],
])("with %s it is refused, and nothing is written", async (_, change, key, told) => {
  const [into, changed] = [newAddress(), join(mkdtempSync(join(folder, "changed-")), "a.backup")];
  writeFileSync(changed, change(Buffer.from(readFileSync(path))));
  await expect(restoreBackup({ path: changed, into, secret: key, erasures: [] })).rejects.toThrow(told);
  expect(await exists(into).catch(() => false)).toBe(false);
});

function flip(bytes: Buffer, place: number): Buffer {
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
  return bytes;
}

test("the commands do the same, and say what they did", async () => {
  const to = join(folder, "by-command");
  const taken = await run(["tools/database/backup.ts", "--to", to]);
  expect(taken).toMatch(/Payment +6 rows/);
  const [file = ""] = readdirSync(to);
  const again = await run(["tools/database/restore.ts", join(to, file), "--into", newAddress()]);
  expect(again).toContain("equal to the backup's manifest");
  await expect(run(["tools/database/restore.ts", join(to, file)])).rejects.toThrow(/a restore overwrites nothing/);
  const keyless = { ...process.env, BACKUP_KEY: "" };
  await expect(run(["tools/database/backup.ts", "--to", to], keyless)).rejects.toThrow(/BACKUP_KEY is missing/);
  expect(readdirSync(to)).toEqual([file]);
});

async function run(args: string[], env = process.env): Promise<string> {
  return (await promisify(execFile)(process.execPath, ["--import", "tsx", ...args], { env })).stdout;
}
