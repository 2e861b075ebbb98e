import { afterAll, beforeAll, expect, test } from "vitest";
import { RETENTION_MS_BY_ROW_KIND } from "../domain/retention";
import { openEmptyLedger } from "../prisma/empty-ledger";
import type { Db } from "./database";
import { deleteExpiredBatchOfEachKind } from "./delete-expired";

const then = new Date("2026-01-01T12:00:00Z");
const after = (ms: number) => new Date(then.getTime() + ms);

let db: Db;

beforeAll(async () => {
  db = await openEmptyLedger();
});
afterAll(() => db.$disconnect());

const mail = (id: string, more: object) => {
  const mail = { kind: "thanks", personHash: "h", priority: 10, toSealed: "", locale: "en", values: "{}" };
  return db.outboxMail.create({ data: { id, factKey: id, ...mail, queuedAt: then, sendAfter: null, ...more } });
};
const gift = (id: string, more: object = {}) => {
  const fields = {
    amountMinor: 1000n,
    currency: "USD",
    frequency: "once",
    appeal: "a",
    variant: "a",
    placement: "give",
  };
  const times = { createdAt: then, expiresAt: then };
  return db.gift.create({ data: { id, formKey: id, ...fields, locale: "en", status: "expired", ...times, ...more } });
};
const payment = (giftId: string) => {
  const money = { amountMinor: 1000n, currency: "USD", frequency: "once", status: "succeeded" };
  return db.payment.create({ data: { id: giftId, ...money, paidAt: then, recordedAt: then, giftId } });
};
const recurring = (giftId: string) => {
  const money = { amountMinor: 1000n, currency: "USD", frequency: "monthly", status: "active" };
  return db.recurringGift.create({ data: { id: giftId, subscriptionId: giftId, ...money, recordedAt: then, giftId } });
};
const event = (id: string, outcome: string) =>
  db.receivedEvent.create({ data: { id, type: "test", outcome, receivedAt: then } });

const CASES: [keyof typeof RETENTION_MS_BY_ROW_KIND, string, () => Promise<unknown>][] = [
  ["mail", "outboxMail", () => mail("m_sent", { sentAt: then })],
  ["signInMail", "outboxMail", () => mail("m_link", { kind: "sign-in" })],
  [
    "signInToken",
    "signInToken",
    () =>
      db.signInToken.create({
        data: { tokenHash: "t", emailHash: "h", emailSealed: "s", createdAt: then, expiresAt: then },
      }),
  ],
  ["rateLimit", "rateLimitCount", () => db.rateLimitCount.create({ data: { key: "k", count: 1, expiresAt: then } })],
  [
    "unconfirmedReminder",
    "reminder",
    async () => {
      const row = { emailHash: "h", emailSealed: "s", locale: "en", rhythm: "once", createdAt: then };
      await db.reminder.create({ data: { id: "r_asked", ...row } });
      await db.reminder.create({ data: { id: "r_confirmed", ...row, confirmedAt: then } });
    },
  ],
  [
    "endedFreeSeat",
    "freeSeat",
    () =>
      db.freeSeat.create({
        data: { emailHash: "h", emailSealed: "s", locale: "en", until: then, givenBy: "h", givenAt: then },
      }),
  ],
  ["chatNote", "chatNote", () => db.chatNote.create({ data: { key: "event:evt_1", kind: "books", queuedAt: then } })],
  [
    "giftMessage",
    "giftMessage",
    async () => {
      const money = { amountMinor: 1000n, currency: "USD", frequency: "once", status: "succeeded" };
      const message = { wordsSealed: "s", mayPublish: true, writtenAt: then, version: 1 };
      // A published message is not deleted by age: it stays until somebody withdraws it.
      for (const status of ["read", "published"]) {
        await db.payment.create({ data: { id: `p_${status}`, ...money, paidAt: then, recordedAt: then } });
        await db.giftMessage.create({ data: { paymentId: `p_${status}`, ...message, status } });
      }
    },
  ],
  [
    "disputeDraft",
    "disputeDraft",
    async () => {
      const data = { disputeId: "du_1", by: "", version: 1, textsSealed: "s", savedBy: "c", savedAt: then };
      await db.disputeDraft.create({ data });
    },
  ],
  ["workItem", "workItem", () => db.workItem.create({ data: { key: "event:evt_1", doneBy: "c", doneAt: then } })],
  [
    "appealDraft",
    "appealDraft",
    async () => {
      const appeal = { id: "first", name: "First", createdAt: then, createdBy: "site", latest: 1, notedState: "draft" };
      const drafts = { create: { part: "goal", by: "c", at: then, base: 1, fields: "{}" } };
      await db.appeal.create({ data: { ...appeal, drafts } });
    },
  ],
  ["giftNeverPaid", "gift", () => gift("g_never")],
  ["receivedEvent", "receivedEvent", () => event("evt_1", "recorded")],
  [
    "removedColleague",
    "staff",
    async () => {
      const row = { emailSealed: "s", role: "care", since: then };
      await db.staff.create({ data: { ...row, id: "removed", emailHash: "h1", until: then } });
      await db.staff.create({ data: { ...row, id: "here", emailHash: "h2" } });
    },
  ],
  [
    "endedAddress",
    "supporterAddress",
    async () => {
      await db.supporter.create({ data: { id: "s", locale: "en", createdAt: then } });
      const mail = { supporterId: "s", emailSealed: "s", since: then };
      await db.supporterAddress.create({ data: { emailHash: "current", ...mail } });
      await db.supporterAddress.create({ data: { emailHash: "ended", ...mail, until: then } });
    },
  ],
];

test.each(CASES)("deletes a row at the age %s, and not before", async (age, table, make) => {
  await make();
  const count = () => (db[table as "gift"] as { count(): Promise<number> }).count();
  const before = await count();
  await deleteExpiredBatchOfEachKind(db, after(RETENTION_MS_BY_ROW_KIND[age] - 1));
  expect(await count()).toBe(before);
  await deleteExpiredBatchOfEachKind(db, after(RETENTION_MS_BY_ROW_KIND[age]));
  expect(await count()).toBe(before - 1);
});

test("deletes a day's sums once the whole day has reached the age", async () => {
  const key = { article: "", appeal: "first", variant: "a", placement: "banner", event: "shown" };
  await db.appealCount.create({ data: { ...key, day: "2026-01-01", count: 1 } });
  await deleteExpiredBatchOfEachKind(
    db,
    new Date(Date.parse("2026-01-01T23:59:59Z") + RETENTION_MS_BY_ROW_KIND.appealCount),
  );
  expect(await db.appealCount.count()).toBe(1);
  await deleteExpiredBatchOfEachKind(
    db,
    new Date(Date.parse("2026-01-02T00:00:00Z") + RETENTION_MS_BY_ROW_KIND.appealCount),
  );
  expect(await db.appealCount.count()).toBe(0);
});

test("keeps unsent e-mail, paid or recurring gifts, dead letters and current addresses", async () => {
  await mail("m_waits", { sendAfter: then });
  await gift("g_paid");
  await payment("g_paid");
  await gift("g_promised", { status: "open" });
  await recurring("g_promised");
  await gift("g_completed", { status: "completed" });
  await event("evt_failed", "failed");
  await deleteExpiredBatchOfEachKind(db, after(20 * 365 * 86_400_000));
  const left = {
    mails: (await db.outboxMail.findMany()).map(({ id }) => id),
    gifts: (await db.gift.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id),
    events: (await db.receivedEvent.findMany()).map(({ id }) => id),
    addresses: (await db.supporterAddress.findMany()).map(({ emailHash }) => emailHash),
  };
  expect(left).toEqual({
    mails: ["m_waits"],
    gifts: ["g_completed", "g_paid", "g_promised"],
    events: ["evt_failed"],
    addresses: ["current"],
  });
});

test("a kind of row that cannot be deleted does not stop the others", async () => {
  await mail("m_old", { sentAt: then });
  await event("evt_old", "recorded");
  await db.$executeRaw`ALTER TABLE "SignInToken" RENAME TO "Renamed"`;
  try {
    await deleteExpiredBatchOfEachKind(db, after(20 * 365 * 86_400_000));
  } finally {
    await db.$executeRaw`ALTER TABLE "Renamed" RENAME TO "SignInToken"`;
  }
  expect(await db.outboxMail.count({ where: { id: "m_old" } })).toBe(0);
  expect(await db.receivedEvent.count({ where: { id: "evt_old" } })).toBe(0);
});
