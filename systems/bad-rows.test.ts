import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { queueCardExpiryNotices } from "../domain/ledger/renewal-mail";
import { queueMailsBeforeGiftsResume } from "../domain/ledger/resume-notices";
import { queueDueReminders } from "../domain/supporters/reminders";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { continueErasures, startErasure } from "./erasure";
import { createIdentityCrypto, identityCrypto } from "./identity";
import { setRuntime } from "./testing/runtime";
import { testEnvironmentFor } from "./testing/stripes-books";

const folder = mkdtempSync(join(tmpdir(), "bad-rows-"));
afterAll(() => rmSync(folder, { recursive: true }));
Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }), {
  ERASURES_FILE: join(folder, "erasures.jsonl"),
});
const DAY_MS = 86_400_000;
const OTHER_KEY = createIdentityCrypto(Buffer.alloc(32, 9).toString("base64"));
const now = currentTime();

let db: Db;
let failed: string[];
const onFailure = (row: string) => void failed.push(row);

beforeEach(async () => {
  db = await openEmptyLedger();
  failed = [];
  setRuntime({ eraseAfterMs: 0 });
});

function sealed(email: string, identity = identityCrypto()) {
  const address = identity.sealAddress(email);
  if (!address) throw new Error("no address");
  return address;
}

async function addReminder(id: string, more: object): Promise<void> {
  const times = { createdAt: now, confirmedAt: new Date(now.getTime() - 40 * DAY_MS) };
  const row = { ...sealed(`${id}@example.org`), locale: "en", rhythm: "once", ...times };
  await db.reminder.create({ data: { id, ...row, ...more } });
}

async function addSupporter(id: string, identity = identityCrypto()): Promise<void> {
  const addresses = { create: { ...sealed(`${id}@example.org`, identity), since: now } };
  await db.supporter.create({ data: { id, locale: "en", createdAt: now, addresses } });
}

async function addGift(id: string, more: object): Promise<void> {
  await addSupporter(id);
  const money = { amountMinor: 1500n, currency: "USD", frequency: "monthly", recordedAt: now };
  await db.recurringGift.create({
    data: { id, subscriptionId: id, supporterId: id, ...money, status: "active", ...more },
  });
}

const factKeys = async () => (await db.outboxMail.findMany()).map(({ factKey }) => factKey);

test.each([
  ["of an unknown currency", { currency: "???", amountMinor: 1n }],
  ["of an unknown rhythm", { rhythm: "weekly" }],
])("a reminder %s is deferred, and the reminders behind it are queued", async (_, bad) => {
  await addReminder("bad", { ...bad, nextAt: new Date(now.getTime() - 2 * DAY_MS) });
  await addReminder("good", { nextAt: new Date(now.getTime() - DAY_MS) });
  const round = () => queueDueReminders(db, { now, timeZone: "UTC", limit: 1, onFailure });
  // Each round takes one due reminder. If every round took the bad reminder again, the good one would never be queued.
  expect([await round(), await round(), await round()]).toEqual([1, 1, 0]);
  expect(failed).toEqual(["bad"]);
  expect((await factKeys()).map((key) => key.slice(0, 13))).toEqual(["reminder:good"]);
  expect(await db.reminder.findMany({ select: { id: true, sent: true } })).toEqual([{ id: "bad", sent: 0 }]);
});

test("a reminder whose address is sealed with another key is queued, and so is the next one", async () => {
  await addReminder("bad", { ...sealed("bad@example.org", OTHER_KEY), nextAt: new Date(now.getTime() - 2 * DAY_MS) });
  await addReminder("good", { nextAt: new Date(now.getTime() - DAY_MS) });
  await queueDueReminders(db, { now, timeZone: "UTC", limit: 40, onFailure });
  expect(await db.outboxMail.count({ where: { kind: "reminder" } })).toBe(2);
});

test("a paused gift in an unknown currency does not stop the notices to other supporters", async () => {
  const paused = { status: "paused", resumesAt: new Date(now.getTime() + DAY_MS) };
  await addGift("bad", { ...paused, currency: "???" });
  await addGift("good", paused);
  await queueMailsBeforeGiftsResume(db, now, onFailure);
  expect(failed).toEqual(["bad"]);
  expect((await factKeys()).map((key) => key.slice(0, 12))).toEqual(["resumes:good"]);
});

test("a notice about a card that cannot be queued does not stop the notices to other supporters", async () => {
  const expires = { cardExpiresAt: new Date(now.getTime() + DAY_MS) };
  await addGift("bad", expires);
  await addGift("good", expires);
  const broken = breakTransactions(db, 1);
  await queueCardExpiryNotices(broken, now, onFailure);
  expect(failed).toHaveLength(1);
  expect(await factKeys()).toHaveLength(1);
});

function breakTransactions(whole: Db, count: number): Db {
  let left = count;
  const transaction = (...args: unknown[]) => {
    if (left-- > 0) return Promise.reject(new Error("the row is broken"));
    return (whole.$transaction as (...args: unknown[]) => unknown)(...args);
  };
  return new Proxy(whole, {
    get: (target, name) => (name === "$transaction" ? transaction : Reflect.get(target, name)),
  });
}

test("a supporter whose address cannot be decrypted is erased like any other", async () => {
  await addSupporter("burnt", OTHER_KEY);
  await addSupporter("known");
  for (const id of ["burnt", "known"]) await startErasure(db, id);
  await continueErasures(db, now);
  expect(await db.supporter.count()).toBe(0);
  expect(await db.erasedAddress.count()).toBe(1);
});
