// Adds recurring gifts by plain SQL, with all sums that the webhooks would have stored.

import type { Database } from "better-sqlite3";
import { yearlyValueMinor } from "../../domain/giving/frequency";
import type { RecurringMovementKind, RecurringMovementWithKind } from "../../domain/ledger/movement-steps";
import { addRecurringMovementTotal, recurringMovementTotalChanges } from "../../domain/ledger/movement-totals";
import { RECURRING_STATUSES_IN_TOTALS } from "../../domain/ledger/recurring-totals";
import type { MovementTotal } from "../../generated/sqlite/client";
import { publication } from "../../publication";
import {
  BENCH_LEDGER_CURRENCIES,
  DAY_MS,
  formatPrismaTime,
  type LedgerToFill,
  PAYMENTS_PER_SUPPORTER,
  THREE_YEARS_MS,
} from "./ledger-size";

const STATUSES = ["active", "active", "active", "past_due", "canceled"] as const;

export function fillRecurringGifts(db: Database, { payments, now }: LedgerToFill): void {
  const gift =
    db.prepare(`INSERT INTO "RecurringGift" ("id", "subscriptionId", "amountMinor", "currency", "frequency", "status", "startedAt",
      "endedAt", "cancelAt", "chargesNextAt", "cardExpiresAt", "supporterId", "recordedAt", "overdueSince") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const movement = db.prepare(`INSERT INTO "RecurringMovement" VALUES (?, ?, ?, ?, ?, ?)`);
  const totals = new Map<string, MovementTotal>();
  for (let n = 0; n < payments / PAYMENTS_PER_SUPPORTER; n++) {
    const { frequency, status, amountMinor, currency, ...times } = giftOf(n, { payments, now });
    const terms = [amountMinor, currency, frequency, status];
    const overdueSince = status === "past_due" ? formatPrismaTime(new Date(now.getTime() - (n % 30) * DAY_MS)) : null;
    const at = [times.startedAt, times.endedAt, n % 50 === 0 ? now : null, times.chargesNextAt, times.cardExpiresAt];
    gift.run(
      `R${n}`,
      `sub_${n}`,
      ...terms,
      ...at.map((each) => each && formatPrismaTime(each)),
      `S${n}`,
      formatPrismaTime(now),
      overdueSince,
    );
    const moved = movementsOf(n, { amountMinor, currency, frequency, ...times });
    for (const { subscriptionId, position, kind, movedAt, yearMinor } of moved)
      movement.run(subscriptionId, position, kind, formatPrismaTime(movedAt), currency, yearMinor);
    for (const change of recurringMovementTotalChanges([], moved, publication.timeZone))
      addRecurringMovementTotal(totals, change);
  }
  const total = db.prepare(`INSERT INTO "MovementTotal" VALUES (?, ?, ?, ?, ?, ?, ?)`);
  for (const { period, start, by, value, currency, gifts, yearMinor } of totals.values())
    total.run(period, start, by, value, currency, gifts, yearMinor);
  fillSums(db);
}

function giftOf(n: number, { payments, now }: LedgerToFill) {
  const startedAt = new Date(now.getTime() - Math.floor((THREE_YEARS_MS * n * PAYMENTS_PER_SUPPORTER) / payments));
  const status = STATUSES[n % STATUSES.length] ?? "active";
  const frequency = n % 8 === 0 ? "yearly" : "monthly";
  const isOver = status === "canceled";
  const nextAt = new Date(now.getTime() + (n % (frequency === "yearly" ? 365 : 30)) * DAY_MS);
  return {
    ...{
      startedAt,
      status,
      frequency,
      amountMinor: 500 + (n % 20) * 100,
      currency: BENCH_LEDGER_CURRENCIES[n % BENCH_LEDGER_CURRENCIES.length] ?? "USD",
    },
    endedAt: isOver ? new Date((startedAt.getTime() + now.getTime()) / 2) : null,
    chargesNextAt: isOver ? null : nextAt,
    cardExpiresAt: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + (n % 48), 0)),
  };
}

type Moved = { amountMinor: number; currency: string; frequency: string; startedAt: Date; endedAt: Date | null };

function movementsOf(
  n: number,
  { amountMinor, currency, frequency, startedAt, endedAt }: Moved,
): RecurringMovementWithKind[] {
  const yearMinor = yearlyValueMinor({ amountMinor: BigInt(amountMinor), frequency });
  const moved = (position: number, kind: RecurringMovementKind, movedAt: Date, change: bigint) => ({
    ...{ subscriptionId: `sub_${n}`, position, kind, movedAt, currency, yearMinor: change },
  });
  return [moved(0, "new", startedAt, yearMinor), ...(endedAt ? [moved(1, "lost", endedAt, -yearMinor)] : [])];
}

/**
 * Stores the sums of recurring gifts and renewals. Groups renewals by UTC date. The newsroom's own date can differ,
 * which does not matter for a benchmark.
 */
function fillSums(db: Database): void {
  db.prepare(`INSERT INTO "RecurringTotal" ("currency", "frequency", "status", "gifts", "ending", "amountMinor")
    SELECT "currency", "frequency", "status", COUNT(*), COUNT("cancelAt"), SUM("amountMinor") FROM "RecurringGift"
    WHERE "status" IN (${RECURRING_STATUSES_IN_TOTALS.map(() => "?").join(", ")}) GROUP BY "currency", "frequency", "status"`).run(
    RECURRING_STATUSES_IN_TOTALS,
  );
  db.exec(`INSERT INTO "RenewalTotal" SELECT SUBSTR("chargesNextAt", 1, 10), "currency", "frequency", COUNT(*), SUM("amountMinor")
    FROM "RecurringGift" WHERE "chargesNextAt" IS NOT NULL GROUP BY 1, 2, 3`);
}
