import { beforeEach, expect, it } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { ALERT_AFTER_SLOWED_GIFTS, countRateLimitedGiftAndAlertStaff, listRateLimitAlerts } from "./alerts";

const now = new Date("2026-11-26T12:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const staff = ["editor", "chief"].map((name) => ({
  ...{ emailHash: `hash of ${name}`, emailSealed: `sealed ${name}` },
  language: null,
}));
let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
});

const slow = (at: Date) => countRateLimitedGiftAndAlertStaff(db, { action: "give", now: at, locale: "en", staff });
const mails = () => db.outboxMail.count({ where: { kind: "burst" } });

it("sends staff one e-mail about a burst, even if many readers are slowed down at once, and lists it for a day", async () => {
  for (let i = 1; i < ALERT_AFTER_SLOWED_GIFTS; i++) await slow(now);
  expect(await mails()).toBe(0);
  expect(await listRateLimitAlerts(db, now)).toEqual([]);
  await Promise.all(Array.from({ length: 20 }, () => slow(later(1))));
  expect(await mails()).toBe(staff.length);
  const slowed = ALERT_AFTER_SLOWED_GIFTS - 1 + 20;
  expect(await listRateLimitAlerts(db, later(2))).toEqual([{ action: "give", beganAt: now, lastAt: later(1), slowed }]);
  expect(await listRateLimitAlerts(db, later(1 + 24 * 60 + 1))).toEqual([]);
});

it("after an hour without slowed gifts, further ones are another burst with its own e-mail", async () => {
  for (let i = 0; i < ALERT_AFTER_SLOWED_GIFTS; i++) await slow(now);
  await slow(later(59));
  expect(await mails()).toBe(2);
  for (let i = 0; i < ALERT_AFTER_SLOWED_GIFTS; i++) await slow(later(119));
  expect(await mails()).toBe(4);
  expect(await listRateLimitAlerts(db, later(120))).toMatchObject([
    { beganAt: later(119), slowed: ALERT_AFTER_SLOWED_GIFTS },
    { beganAt: now, slowed: ALERT_AFTER_SLOWED_GIFTS + 1 },
  ]);
});

it("lists a burst for a day even if further gifts are slowed down after it, and then deletes it", async () => {
  for (let i = 0; i < ALERT_AFTER_SLOWED_GIFTS; i++) await slow(now);
  const burst = { action: "give", beganAt: now, lastAt: now, slowed: ALERT_AFTER_SLOWED_GIFTS };
  for (const minutes of [61, 130, 24 * 60]) {
    await slow(later(minutes));
    expect(await listRateLimitAlerts(db, later(minutes))).toEqual([burst]);
  }
  await slow(later(26 * 60));
  expect(await db.rateLimitAlert.findMany()).toMatchObject([{ beganAt: later(26 * 60), slowed: 1 }]);
});
