// Fills a ledger with three years of gifts by plain SQL: payments, their entries, and the totals that the webhooks would have stored.
import type { Database } from "better-sqlite3";
import { COUNTED_STATUSES } from "../../domain/ledger/recurring-totals";
import { totalKeys } from "../../domain/ledger/totals";
import { publication } from "../../publication";

type Filling = { payments: number; now: Date };
/** The payments of one day that count in the same rows of Total. */
type Group = {
  counted: Parameters<typeof totalKeys>[0];
  occurredAt: Date;
  payments: number;
  grossMinor: number;
};
type Sum = { key: unknown[]; payments: number; grossMinor: number };

const COUNTED = { appeal: "standard", variant: "a", placement: "give", supporterKind: "returning" };
const DAY_MS = 86_400_000;
const YEARS_MS = 3 * 365 * DAY_MS;
const CURRENCIES = ["USD", "EUR", "GBP"] as const;
const STATUSES = ["active", "active", "active", "past_due", "canceled"];

/** Fills the ledger, without ANALYZE: a ledger in use is not analysed either, so SQLite plans its queries without statistics. */
export function fillLedger(db: Database, { payments, now }: Filling): void {
  db.pragma("synchronous = OFF");
  db.transaction(() => {
    fillPayments(db, { payments, now });
    fillRecurringGifts(db, { payments, now });
    fillEvents(db, { payments, now });
  })();
}

function fillPayments(db: Database, { payments, now }: Filling): void {
  const payment =
    db.prepare(`INSERT INTO "Payment" ("id", "paymentIntentId", "chargeId", "status", "amountMinor", "currency", "frequency",
    "paidAt", "arrivedAt", "article", "appeal", "variant", "recordedAt") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'standard', 'a', ?)`);
  const entry =
    db.prepare(`INSERT INTO "Entry" ("key", "kind", "paymentId", "amountMinor", "currency", "occurredAt", "recordedAt")
    VALUES (?, 'payment', ?, ?, ?, ?, ?)`);
  const groups = new Map<string, Group>();
  for (let n = 0; n < payments; n++) {
    const paidAt = daytime(now.getTime() - Math.floor((YEARS_MS * n) / payments));
    const at = iso(paidAt);
    const amountMinor = 500 + (n % 90) * 50;
    const currency = CURRENCIES[n % CURRENCIES.length] ?? "USD";
    const frequency = n % 10 === 0 ? "monthly" : "once";
    const article = `a_${n % 40}`;
    const status = statusOf(n);
    payment.run(`P${n}`, `pi_${n}`, `ch_${n}`, status, amountMinor, currency, frequency, at, at, article, at);
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

/** Makes one in ten of the newest 200 payments pending, and one in a thousand of all payments failed. */
function statusOf(n: number): string {
  if (n < 200 && n % 10 === 1) return "pending";
  return n % 1_000 === 2 ? "failed" : "succeeded";
}

function fillRecurringGifts(db: Database, { payments, now }: Filling): void {
  const gift =
    db.prepare(`INSERT INTO "RecurringGift" ("id", "subscriptionId", "amountMinor", "currency", "frequency", "status", "cancelAt", "recordedAt")
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  for (let n = 0; n < payments / 20; n++) {
    const cancelAt = n % 50 === 0 ? iso(now) : null;
    const [currency, status] = [CURRENCIES[n % CURRENCIES.length], STATUSES[n % STATUSES.length]];
    gift.run(
      `R${n}`,
      `sub_${n}`,
      500 + (n % 20) * 100,
      currency,
      n % 8 === 0 ? "yearly" : "monthly",
      status,
      cancelAt,
      iso(now),
    );
  }
  db.prepare(`INSERT INTO "RecurringTotal" ("currency", "frequency", "status", "gifts", "ending", "amountMinor")
    SELECT "currency", "frequency", "status", COUNT(*), COUNT("cancelAt"), SUM("amountMinor") FROM "RecurringGift"
    WHERE "status" IN (${COUNTED_STATUSES.map(() => "?").join(", ")}) GROUP BY "currency", "frequency", "status"`).run(
    COUNTED_STATUSES,
  );
}

/** Adds three received events for each payment, and a mail that has been sent. */
function fillEvents(db: Database, { payments, now }: Filling): void {
  const event = db.prepare(
    `INSERT INTO "ReceivedEvent" ("id", "type", "outcome", "receivedAt") VALUES (?, 'charge.succeeded', 'recorded', ?)`,
  );
  const mail =
    db.prepare(`INSERT INTO "OutboxMail" ("id", "kind", "factKey", "personHash", "priority", "toSealed", "locale", "values", "attempts", "queuedAt", "sentAt")
    VALUES (?, 'thanks', ?, 'hash', 10, '', 'en', '{}', 1, ?, ?)`);
  const at = iso(now);
  for (let n = 0; n < payments; n++) {
    for (const part of ["a", "b", "c"]) event.run(`evt_${n}${part}`, at);
    mail.run(`M${n}`, `thanks:P${n}`, at, at);
  }
}

/** Returns a time around noon UTC of the same day, which is that day in almost every time zone. */
function daytime(at: number): Date {
  return new Date(Math.floor(at / DAY_MS) * DAY_MS + DAY_MS / 2 + (at % 60_000));
}

/** Formats a time as Prisma writes it in SQLite. */
function iso(at: Date): string {
  return at.toISOString().replace("Z", "+00:00");
}
