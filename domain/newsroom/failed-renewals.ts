// Renewals that failed lately, and what has become of each gift since.
import type { Db } from "../database";
import { type Money, moneyOf } from "../money";

export type FailedRenewal = {
  /** Stripe's, to look up in its dashboard. */
  invoiceId: string;
  money: Money;
  /** Stripe's word; null until it has been asked. */
  code: string | null;
  tries: number;
  lastTriedAt: Date;
  /** paid: by a later try · ended: the gift has · stopped: Stripe asks the bank no more · waiting: it may still come. */
  since: "paid" | "waiting" | "ended" | "stopped";
};

/** `count`: also those that are not shown. */
export type FailedRenewals = { shown: FailedRenewal[]; count: number; days: number };

const DAYS = 30;
const MOST_SHOWN = 15;
/** A page must not grow with a bad day. */
const MOST_READ = 1_000;

type Row = {
  key: string;
  code: string | null;
  amountMinor: bigint;
  currency: string;
  failedAt: Date;
  giftStatus: string | null;
};

/** Newest first, one for each invoice, however often it was tried. */
export async function listFailedRenewals(db: Db, { now }: { now: Date }): Promise<FailedRenewals> {
  const from = new Date(now.getTime() - DAYS * 24 * 60 * 60 * 1000);
  const rows = await db.$queryRaw<Row[]>`
    SELECT "key", "code", "FailedAttempt"."amountMinor", "FailedAttempt"."currency", "failedAt",
      "RecurringGift"."status" AS "giftStatus"
    FROM "FailedAttempt" LEFT JOIN "RecurringGift" ON "RecurringGift"."subscriptionId" = "FailedAttempt"."subscriptionId"
    WHERE "failedAt" >= ${from} AND "FailedAttempt"."subscriptionId" IS NOT NULL
    ORDER BY "failedAt" DESC, "key" DESC LIMIT ${MOST_READ}`;
  const invoices = triesByInvoice(rows);
  const newest = [...invoices].slice(0, MOST_SHOWN);
  const paid = await listPaid(
    db,
    newest.map(([invoiceId]) => invoiceId),
  );
  const shown = newest.map(([invoiceId, tries]) => renewalOf(invoiceId, { tries, isPaid: paid.has(invoiceId) }));
  return { shown, count: invoices.size, days: DAYS };
}

/** `rows`: newest first; so is every list, and so are the invoices. */
function triesByInvoice(rows: readonly Row[]): Map<string, Row[]> {
  const tries = new Map<string, Row[]>();
  for (const row of rows) {
    const [invoiceId = ""] = row.key.split(":");
    tries.set(invoiceId, [...(tries.get(invoiceId) ?? []), row]);
  }
  return tries;
}

async function listPaid(db: Db, invoiceIds: string[]): Promise<Set<string | null>> {
  const paid = await db.payment.findMany({
    where: { invoiceId: { in: invoiceIds }, status: "succeeded" },
    select: { invoiceId: true },
  });
  return new Set(paid.map(({ invoiceId }) => invoiceId));
}

function renewalOf(invoiceId: string, { tries, isPaid }: { tries: Row[]; isPaid: boolean }): FailedRenewal {
  const { amountMinor, currency, code, failedAt, giftStatus } = tries[0] as Row;
  const money = moneyOf(amountMinor, currency);
  const since = isPaid ? "paid" : sinceOf(giftStatus);
  return { invoiceId, money, code, tries: tries.length, lastTriedAt: failedAt, since };
}

function sinceOf(giftStatus: string | null): FailedRenewal["since"] {
  if (giftStatus === "canceled") return "ended";
  return giftStatus === "unpaid" ? "stopped" : "waiting";
}
