// Fills a ledger with three years of gifts by bare SQL: payments, their entries, and the sums as the webhooks would have left them.
import type { Database } from "better-sqlite3";
import { totalKeys } from "../domain/ledger/totals";
import { publication } from "../publication";

type Filling = { payments: number; now: Date };
type Sum = { key: unknown[]; payments: number; grossMinor: number };

const YEARS_MS = 3 * 365 * 86_400_000;
const CURRENCIES = ["USD", "EUR", "GBP"] as const;
const STATUSES = ["active", "active", "active", "past_due", "canceled"];

export function fillLedger(db: Database, { payments, now }: Filling): void {
  db.pragma("synchronous = OFF");
  db.transaction(() => {
    fillPayments(db, { payments, now });
    fillRecurringGifts(db, { payments, now });
    fillEvents(db, { payments, now });
  })();
  db.exec("ANALYZE");
}

function fillPayments(db: Database, { payments, now }: Filling): void {
  const payment =
    db.prepare(`INSERT INTO "Payment" ("id", "paymentIntentId", "chargeId", "status", "amountMinor", "currency", "frequency",
    "paidAt", "arrivedAt", "article", "appeal", "variant", "recordedAt") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'standard', 'a', ?)`);
  const entry =
    db.prepare(`INSERT INTO "Entry" ("key", "kind", "paymentId", "amountMinor", "currency", "occurredAt", "recordedAt")
    VALUES (?, 'payment', ?, ?, ?, ?, ?)`);
  const sums = new Map<string, Sum>();
  for (let n = 0; n < payments; n++) {
    const paidAt = new Date(now.getTime() - Math.floor((YEARS_MS * n) / payments));
    const at = iso(paidAt);
    const amountMinor = 500 + (n % 90) * 50;
    const currency = CURRENCIES[n % CURRENCIES.length] ?? "USD";
    const frequency = n % 10 === 0 ? "monthly" : "once";
    const article = `a_${n % 40}`;
    // One in a thousand is still on its way, and one in a thousand has bounced.
    const status = n % 1_000 === 1 ? "pending" : n % 1_000 === 2 ? "failed" : "succeeded";
    payment.run(`P${n}`, `pi_${n}`, `ch_${n}`, status, amountMinor, currency, frequency, at, at, article, at);
    if (status !== "succeeded") continue;
    entry.run(`payment:pi_${n}`, `P${n}`, amountMinor, currency, at, at);
    const counted = { currency, frequency, article, appeal: "standard", variant: "a" };
    for (const key of totalKeys(counted, { occurredAt: paidAt, settledCurrency: "", timeZone: publication.timeZone })) {
      const values = [key.period, key.by, key.start, key.value, key.currency, key.settledCurrency];
      const sum = sums.get(values.join("|")) ?? { key: values, payments: 0, grossMinor: 0 };
      sums.set(values.join("|"), { key: values, payments: sum.payments + 1, grossMinor: sum.grossMinor + amountMinor });
    }
  }
  const total =
    db.prepare(`INSERT INTO "Total" ("period", "by", "start", "value", "currency", "settledCurrency", "payments", "grossMinor")
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  for (const { key, payments: count, grossMinor } of sums.values()) total.run(...key, count, grossMinor);
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
}

/** Three events a payment, and their mails, which are long sent. */
function fillEvents(db: Database, { payments, now }: Filling): void {
  const event = db.prepare(
    `INSERT INTO "ReceivedEvent" ("id", "type", "outcome", "receivedAt") VALUES (?, 'charge.succeeded', 'recorded', ?)`,
  );
  const mail =
    db.prepare(`INSERT INTO "OutboxMail" ("id", "kind", "factKey", "toSealed", "locale", "values", "attempts", "queuedAt", "sentAt")
    VALUES (?, 'thanks', ?, 'sealed', 'en', '{}', 1, ?, ?)`);
  const at = iso(now);
  for (let n = 0; n < payments; n++) {
    for (const part of ["a", "b", "c"]) event.run(`evt_${n}${part}`, at);
    mail.run(`M${n}`, `thanks:P${n}`, at, at);
  }
}

/** As Prisma writes a time in SQLite. */
function iso(at: Date): string {
  return at.toISOString().replace("Z", "+00:00");
}
