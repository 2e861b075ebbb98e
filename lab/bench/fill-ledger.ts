// Fills a ledger by plain SQL with three years of gifts, and with the totals that the webhooks would have stored.

import type { Database } from "better-sqlite3";
import { totalKeys } from "../../domain/ledger/totals";
import { publication } from "../../publication";
import { fillRecurringGifts } from "./fill-recurring-gifts";
import {
  BENCH_LEDGER_CURRENCIES,
  DAY_MS,
  formatPrismaTime,
  type LedgerToFill,
  PAYMENTS_PER_SUPPORTER,
  THREE_YEARS_MS,
} from "./ledger-size";

/**
 * Payments that were made on the same day and have the same details. So they all count in the same rows of the table
 * `Total`.
 */
type Group = {
  counted: Parameters<typeof totalKeys>[0];
  occurredAt: Date;
  payments: number;
  grossMinor: number;
};
type Sum = { key: unknown[]; payments: number; grossMinor: number };

const COUNTED = { appeal: "standard", variant: "a", placement: "give", supporterKind: "returning" };

/**
 * Fills the ledger. Does not run ANALYZE: a ledger in use has no statistics either, so SQLite plans its queries without
 * them.
 */
export function fillLedger(db: Database, { payments, now }: LedgerToFill): void {
  db.pragma("synchronous = OFF");
  db.transaction(() => {
    fillSupporters(db, { payments, now });
    fillPayments(db, { payments, now });
    fillRecurringGifts(db, { payments, now });
    fillEvents(db, { payments, now });
  })();
}

function fillSupporters(db: Database, { payments, now }: LedgerToFill): void {
  const supporter = db.prepare(
    `INSERT INTO "Supporter" ("id", "locale", "createdAt", "lastPaidAt") VALUES (?, 'en', ?, ?)`,
  );
  for (let n = 0; n < payments / PAYMENTS_PER_SUPPORTER; n++) {
    const at = now.getTime() - Math.floor((THREE_YEARS_MS * n * PAYMENTS_PER_SUPPORTER) / payments);
    supporter.run(`S${n}`, formatPrismaTime(new Date(at)), formatPrismaTime(new Date(at)));
  }
}

function fillPayments(db: Database, { payments, now }: LedgerToFill): void {
  const payment =
    db.prepare(`INSERT INTO "Payment" ("id", "paymentIntentId", "chargeId", "status", "amountMinor", "currency", "frequency",
    "paidAt", "arrivedAt", "article", "appeal", "variant", "placement", "supporterId", "recordedAt")
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'standard', 'a', 'give', ?, ?)`);
  const entry =
    db.prepare(`INSERT INTO "Entry" ("key", "kind", "paymentId", "amountMinor", "currency", "occurredAt", "recordedAt")
    VALUES (?, 'payment', ?, ?, ?, ?, ?)`);
  const groups = new Map<string, Group>();
  for (let n = 0; n < payments; n++) {
    const paidAt = daytime(now.getTime() - Math.floor((THREE_YEARS_MS * n) / payments));
    const at = formatPrismaTime(paidAt);
    const amountMinor = 500 + (n % 90) * 50;
    const currency = BENCH_LEDGER_CURRENCIES[n % BENCH_LEDGER_CURRENCIES.length] ?? "USD";
    const frequency = n % 10 === 0 ? "monthly" : "once";
    const article = `a_${n % 40}`;
    const status = statusOf(n);
    const supporter = `S${n % Math.ceil(payments / PAYMENTS_PER_SUPPORTER)}`;
    const columns = [status, amountMinor, currency, frequency, at, at, article, supporter];
    payment.run(`P${n}`, `pi_${n}`, `ch_${n}`, ...columns, at);
    if (status !== "succeeded") continue;
    entry.run(`payment:pi_${n}`, `P${n}`, amountMinor, currency, at, at);
    const name = [at.slice(0, 10), currency, frequency, article, amountMinor].join("|");
    const counted = { currency, frequency, article, ...COUNTED, amountMinor: BigInt(amountMinor) };
    const group = groups.get(name) ?? { counted, occurredAt: paidAt, payments: 0, grossMinor: 0 };
    groups.set(name, { ...group, payments: group.payments + 1, grossMinor: group.grossMinor + amountMinor });
  }
  fillTotals(db, [...groups.values()]);
}

function fillTotals(db: Database, groups: Group[]): void {
  const sums = new Map<string, Sum>();
  for (const { counted, occurredAt, payments, grossMinor } of groups)
    for (const key of totalKeys(counted, {
      ...{ occurredAt, settledCurrency: "", sums: { payments }, timeZone: publication.timeZone },
    })) {
      const values = [key.period, key.by, key.start, key.value, key.currency, key.settledCurrency];
      const sum = sums.get(values.join("|")) ?? { key: values, payments: 0, grossMinor: 0 };
      sums.set(values.join("|"), {
        key: values,
        payments: sum.payments + payments,
        grossMinor: sum.grossMinor + grossMinor,
      });
    }
  const total =
    db.prepare(`INSERT INTO "Total" ("period", "by", "start", "value", "currency", "settledCurrency", "payments", "grossMinor")
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  for (const { key, payments: count, grossMinor } of sums.values()) total.run(...key, count, grossMinor);
}

function statusOf(n: number): string {
  if (n < 200 && n % 10 === 1) return "pending";
  return n % 1_000 === 2 ? "failed" : "succeeded";
}

function fillEvents(db: Database, { payments, now }: LedgerToFill): void {
  const event = db.prepare(
    `INSERT INTO "ReceivedEvent" ("id", "type", "outcome", "receivedAt") VALUES (?, 'charge.succeeded', 'recorded', ?)`,
  );
  const mail =
    db.prepare(`INSERT INTO "OutboxMail" ("id", "kind", "factKey", "personHash", "priority", "toSealed", "locale", "values", "attempts", "queuedAt", "sentAt")
    VALUES (?, 'thanks', ?, 'hash', 10, '', 'en', '{}', 1, ?, ?)`);
  const at = formatPrismaTime(now);
  for (let n = 0; n < payments; n++) {
    for (const part of ["a", "b", "c"]) event.run(`evt_${n}${part}`, at);
    mail.run(`M${n}`, `thanks:P${n}`, at, at);
  }
}

/**
 * Moves the time to the first minute after noon UTC on the same day. At that time almost every time zone has the same
 * date.
 */
function daytime(at: number): Date {
  return new Date(Math.floor(at / DAY_MS) * DAY_MS + DAY_MS / 2 + (at % 60_000));
}
