// Renewals that failed in the past month, and what happened to each gift since.
import type { Db } from "../database";
import { type Money, moneyOf } from "../money";
import { type FailedTryRow, selectFailedRenewals, selectPaidInvoices } from "./store";

export type FailedRenewal = {
  /** Stripe's id, to look up in its dashboard. */
  invoiceId: string;
  /** The id in the address of the gift's page; null for a gift that is not in the ledger. */
  recurringGiftId: string | null;
  money: Money;
  /** Stripe's word for the cause; null until Stripe has been asked. */
  code: string | null;
  tries: number;
  lastTriedAt: Date;
  /** paid: a later try worked · ended: the gift ended · stopped: Stripe has given up · waiting: Stripe will retry. */
  since: "paid" | "waiting" | "ended" | "stopped";
};

/** `count`: all failed renewals, including those that are not shown. */
export type FailedRenewals = { shown: FailedRenewal[]; count: number; days: number };

const DAYS = 30;
const MOST_SHOWN = 15;
/** The page reads no more: its query stays small after a day with many failures. */
const MOST_READ = 1_000;
/** Invoices in one batch of the file. */
const BATCH = 500;

/** Returns one line per invoice, however often it was tried, the newest first. */
export async function listFailedRenewals(db: Db, { now }: { now: Date }): Promise<FailedRenewals> {
  const rows = await selectFailedRenewals(db, { from: daysBefore(now), after: null, most: MOST_READ });
  const invoices = triesByInvoice(rows);
  const shown = await renewalsOf(db, [...invoices].slice(0, MOST_SHOWN));
  return { shown, count: invoices.size, days: DAYS };
}

/** Returns all of them in batches, one line per invoice, the newest first. All tries are read before the first batch. */
export async function* listAllFailedRenewals(db: Db, { now }: { now: Date }): AsyncGenerator<FailedRenewal[]> {
  const rows: FailedTryRow[] = [];
  while (true) {
    const page = await selectFailedRenewals(db, { from: daysBefore(now), after: rows.at(-1) ?? null, most: MOST_READ });
    rows.push(...page);
    if (page.length < MOST_READ) break;
  }
  const invoices = [...triesByInvoice(rows)];
  for (let n = 0; n < invoices.length; n += BATCH) yield renewalsOf(db, invoices.slice(n, n + BATCH));
}

function daysBefore(now: Date): Date {
  return new Date(now.getTime() - DAYS * 24 * 60 * 60 * 1000);
}

async function renewalsOf(db: Db, invoices: [invoiceId: string, tries: FailedTryRow[]][]): Promise<FailedRenewal[]> {
  const invoiceIds = invoices.map(([invoiceId]) => invoiceId);
  const paid = await selectPaidInvoices(db, invoiceIds);
  return invoices.map(([invoiceId, tries]) => renewalOf(invoiceId, { tries, isPaid: paid.has(invoiceId) }));
}

/** Keeps the order of `rows`: newest first. */
function triesByInvoice(rows: readonly FailedTryRow[]): Map<string, FailedTryRow[]> {
  const tries = new Map<string, FailedTryRow[]>();
  for (const row of rows) {
    const [invoiceId = ""] = row.key.split(":");
    tries.set(invoiceId, [...(tries.get(invoiceId) ?? []), row]);
  }
  return tries;
}

function renewalOf(invoiceId: string, { tries, isPaid }: { tries: FailedTryRow[]; isPaid: boolean }): FailedRenewal {
  const { amountMinor, currency, code, failedAt, giftStatus, recurringGiftId } = tries[0] as FailedTryRow;
  const money = moneyOf(amountMinor, currency);
  const since = isPaid ? "paid" : sinceOf(giftStatus);
  return { invoiceId, recurringGiftId, money, code, tries: tries.length, lastTriedAt: failedAt, since };
}

function sinceOf(giftStatus: string | null): FailedRenewal["since"] {
  if (giftStatus === "canceled") return "ended";
  return giftStatus === "unpaid" ? "stopped" : "waiting";
}
