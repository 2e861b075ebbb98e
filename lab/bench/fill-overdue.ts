// Makes recurring gifts overdue by plain SQL, each with three failed attempts and two e-mails about them. Gifts that
// were already overdue become active.

import type { Database } from "better-sqlite3";
import { DAY_MS, formatPrismaTime } from "./ledger-size";

const TRIES = 3;

export function makeGiftsOverdue(db: Database, { giftCount, now }: { giftCount: number; now: Date }): void {
  db.pragma("synchronous = OFF");
  db.transaction(() => {
    db.exec(
      `UPDATE "RecurringGift" SET "status" = 'active', "overdueSince" = NULL WHERE "status" IN ('past_due', 'unpaid')`,
    );
    const gifts = db.prepare(`SELECT "id", "subscriptionId" FROM "RecurringGift" WHERE "status" = 'active' LIMIT ?`);
    for (const [n, gift] of (gifts.all(giftCount) as GiftRow[]).entries()) makeOverdue(db, gift, { n, now });
  })();
}

type GiftRow = { id: string; subscriptionId: string };

function makeOverdue(db: Database, { id, subscriptionId }: GiftRow, { n, now }: { n: number; now: Date }): void {
  const since = now.getTime() - (n % 40) * DAY_MS;
  const status = n % 40 > 30 ? "unpaid" : "past_due";
  db.prepare(`UPDATE "RecurringGift" SET "status" = ?, "overdueSince" = ? WHERE "id" = ?`).run(
    ...[status, formatPrismaTime(new Date(since)), id],
  );
  for (let each = 1; each <= TRIES; each++) {
    const key = `in_overdue${n}:${each}`;
    const [failedAt, nextAt] = [new Date(since + each * DAY_MS), new Date(since + (each + 3) * DAY_MS)].map(
      formatPrismaTime,
    );
    db.prepare(`INSERT INTO "FailedAttempt" ("key", "subscriptionId", "amountMinor", "currency", "code", "isRenewal", "nextAttemptAt",
      "failedAt", "recordedAt") VALUES (?, ?, 1000, 'EUR', 'insufficient_funds', TRUE, ?, ?, ?)`).run(
      ...[key, subscriptionId, nextAt, failedAt, failedAt],
    );
    if (each === TRIES) continue;
    db.prepare(`INSERT INTO "OutboxMail" ("id", "kind", "factKey", "personHash", "priority", "toSealed", "locale", "values", "attempts",
      "queuedAt", "sentAt") VALUES (?, 'renewal-failed', ?, 'hash', 10, '', 'en', '{}', 1, ?, ?)`).run(
      ...[`overdue-mail-${n}-${each}`, `renewal:${key}`, failedAt, failedAt],
    );
  }
}
