import type { Db } from "../database";
import { type Money, moneyOf } from "../money";
import { type FailedRenewalAttemptRow, selectFailedRenewalAttempts, selectPaidInvoiceIds } from "./store";

export type RenewalWithFailedAttempts = {
  /** Stripe's id of the invoice. With it, staff find the invoice in Stripe's dashboard. */
  invoiceId: string;
  /** The recurring gift's id in the URL of its page. Null if the gift is not in the ledger. */
  recurringGiftId: string | null;
  money: Money;
  code: string | null;
  tries: number;
  lastTriedAt: Date;
  /**
   * `paid`: a later attempt succeeded. `ended`: the gift has ended. `stopped`: Stripe has stopped charging the gift.
   * `waiting`: none of these.
   */
  outcome: "paid" | "waiting" | "ended" | "stopped";
};

/**
 * The failed renewals of the last `days` days. `shown`: the newest of them. `count`: the number of all failed renewals
 * that were read, shown or not.
 */
export type FailedRenewalList = { shown: RenewalWithFailedAttempts[]; count: number; days: number };

const DAYS = 30;
const MAX_SHOWN = 15;
/**
 * The maximum number of failed attempts that one query reads, so that the query stays fast after a day with many
 * failures.
 */
const MAX_READ = 1_000;
const BATCH = 500;

export async function listFailedRenewals(db: Db, { now }: { now: Date }): Promise<FailedRenewalList> {
  const rows = await selectFailedRenewalAttempts(db, { from: daysBefore(now), after: null, limit: MAX_READ });
  const invoices = triesByInvoice(rows);
  const shown = await renewalsOf(db, [...invoices].slice(0, MAX_SHOWN));
  return { shown, count: invoices.size, days: DAYS };
}

/**
 * Yields the failed renewals of the last DAYS days in batches, one item for each invoice, newest first. Reads all
 * attempts of these days before the first batch.
 */
export async function* iterateRecentFailedRenewals(
  db: Db,
  { now }: { now: Date },
): AsyncGenerator<RenewalWithFailedAttempts[]> {
  const rows: FailedRenewalAttemptRow[] = [];
  while (true) {
    const page = await selectFailedRenewalAttempts(db, {
      from: daysBefore(now),
      after: rows.at(-1) ?? null,
      limit: MAX_READ,
    });
    rows.push(...page);
    if (page.length < MAX_READ) break;
  }
  const invoices = [...triesByInvoice(rows)];
  for (let n = 0; n < invoices.length; n += BATCH) yield renewalsOf(db, invoices.slice(n, n + BATCH));
}

function daysBefore(now: Date): Date {
  return new Date(now.getTime() - DAYS * 24 * 60 * 60 * 1000);
}

async function renewalsOf(
  db: Db,
  invoices: [invoiceId: string, tries: FailedRenewalAttemptRow[]][],
): Promise<RenewalWithFailedAttempts[]> {
  const invoiceIds = invoices.map(([invoiceId]) => invoiceId);
  const paid = await selectPaidInvoiceIds(db, invoiceIds);
  return invoices.map(([invoiceId, tries]) => renewalOf(invoiceId, { tries, isPaid: paid.has(invoiceId) }));
}

function triesByInvoice(rows: readonly FailedRenewalAttemptRow[]): Map<string, FailedRenewalAttemptRow[]> {
  const tries = new Map<string, FailedRenewalAttemptRow[]>();
  for (const row of rows) {
    const [invoiceId = ""] = row.key.split(":");
    tries.set(invoiceId, [...(tries.get(invoiceId) ?? []), row]);
  }
  return tries;
}

function renewalOf(
  invoiceId: string,
  { tries, isPaid }: { tries: FailedRenewalAttemptRow[]; isPaid: boolean },
): RenewalWithFailedAttempts {
  const { amountMinor, currency, code, failedAt, giftStatus, recurringGiftId } = tries[0] as FailedRenewalAttemptRow;
  const money = moneyOf(amountMinor, currency);
  const since = isPaid ? "paid" : sinceOf(giftStatus);
  return { invoiceId, recurringGiftId, money, code, tries: tries.length, lastTriedAt: failedAt, outcome: since };
}

function sinceOf(giftStatus: string | null): RenewalWithFailedAttempts["outcome"] {
  if (giftStatus === "canceled") return "ended";
  return giftStatus === "unpaid" ? "stopped" : "waiting";
}
