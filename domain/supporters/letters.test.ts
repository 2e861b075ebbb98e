import { beforeEach, expect, test } from "vitest";
import type { Payment, RecurringGift } from "../../generated/sqlite/client";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { mayReadLetters } from "./letters";

const now = new Date("2026-11-23T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const anna = { emailHash: "hash of anna", supporterId: "anna", isStaff: false, locale: "en" };
let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
  for (const id of ["anna", "boris"]) await db.supporter.create({ data: { id, locale: "en", createdAt: now } });
});

async function payment(more: Partial<Payment>) {
  const common = { status: "succeeded", amountMinor: 1050n, currency: "USD", frequency: "once", supporterId: "anna" };
  await db.payment.create({ data: { id: crypto.randomUUID(), ...common, recordedAt: now, paidAt: now, ...more } });
}

async function recurring(more: Partial<RecurringGift>) {
  const common = { amountMinor: 2000n, currency: "USD", frequency: "monthly", status: "active", supporterId: "anna" };
  await db.recurringGift.create({ data: { id: "ra", subscriptionId: "sub_ra", ...common, recordedAt: now, ...more } });
}

const isOpen = () => mayReadLetters(db, anna, now);

test.each<[string, boolean, Partial<Payment>]>([
  ["of today", true, {}],
  ["of 394 days ago", true, { paidAt: daysAgo(394) }],
  ["of 396 days ago", false, { paidAt: daysAgo(396) }],
  ["that is pending", true, { status: "pending" }],
  ["that failed", false, { status: "failed" }],
  ["that was refunded in part", true, { refundedMinor: 1000n }],
  ["that was refunded in full", false, { refundedMinor: 1050n }],
  ["that was disputed in full", false, { disputedMinor: 1050n }],
  ["that was refunded by half and then disputed", false, { refundedMinor: 525n, disputedMinor: 525n }],
  ["by somebody else", false, { supporterId: "boris" }],
])("a payment %s opens the letters: %s", async (_, opens, more) => {
  await payment(more);
  expect(await isOpen()).toBe(opens);
});

test.each<[string, boolean, Partial<RecurringGift>]>([
  ["is active", true, {}],
  ["is active until a set end", true, { cancelAt: daysAgo(-10) }],
  ["was never paid", false, { status: "starting" }],
  ["is overdue", false, { status: "past_due" }],
  ["is paused", false, { status: "paused" }],
  ["has ended", false, { status: "canceled", endedAt: now }],
  ["is somebody else's", false, { supporterId: "boris" }],
])("without a payment, a recurring gift that %s opens the letters: %s", async (_, opens, more) => {
  await recurring(more);
  expect(await isOpen()).toBe(opens);
});

test("one payment opens the letters although another was refunded", async () => {
  await payment({ refundedMinor: 1050n });
  expect(await isOpen()).toBe(false);
  await payment({ paidAt: daysAgo(30) });
  expect(await isOpen()).toBe(true);
});

test("staff who are not supporters may not read the letters", async () => {
  await payment({});
  const staff = { ...anna, supporterId: null, isStaff: true };
  expect(await mayReadLetters(db, staff, now)).toBe(false);
});
