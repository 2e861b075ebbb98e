import { openEmptyLedger } from "../../../prisma/empty-ledger";
import { testDatabaseProvider } from "../../../prisma/fresh-ledger";
import type { Db } from "../../../systems/database";
import { createIdentityCrypto } from "../../../systems/identity";
import { everyNthUnlessFullRun } from "../../../tools/test/scope.mjs";
import type {
  BalanceTransactionReported,
  CheckoutClosed,
  DisputeReported,
  Fact,
  ParsedGiftMetadata,
  PaymentOfSingleGift,
  RecurringGiftAtStripe,
  RecurringPayment,
  RefundReported,
} from "../fact";
import { recordEvent } from "../record";
import { applyFetchedRecurringGiftState } from "../recurring-gifts";
import { listRecurringGiftsToFetch } from "../store/recurring-gifts";
import { TOTAL_AMOUNT_COLUMNS, TOTAL_COUNT_COLUMNS } from "../totals-change";

export const testIdentityCrypto = createIdentityCrypto(Buffer.alloc(32, 7).toString("base64"));
export const sampleNow = new Date("2026-11-20T12:00:00Z");
export const testOptionsForRecordingEvents = {
  now: sampleNow,
  identity: testIdentityCrypto,
  timeZone: "Europe/Moscow",
};
const origin: ParsedGiftMetadata = {
  ...{ giftId: "g_1", article: "a_1", appeal: "standard", variant: "a" },
  ...{ placement: "give", locale: "en" },
};
const tenDollars = { amountMinor: 1000, currency: "USD" } as const;

export const samplePaymentFactFromCheckout: PaymentOfSingleGift = {
  kind: "single-payment",
  paymentIntentId: "pi_1",
  status: "succeeded",
  money: tenDollars,
  paidAt: new Date("2026-11-20T11:59:40Z"),
  reportedAt: new Date("2026-11-20T11:59:40Z"),
  charge: null,
  email: "Reader@Example.org",
  origin,
};
export const samplePaymentFactFromCharge: PaymentOfSingleGift = {
  ...samplePaymentFactFromCheckout,
  paidAt: new Date("2026-11-20T11:59:30Z"),
  charge: { chargeId: "ch_1" },
  email: null,
};
export const sampleBalanceMovedFact: BalanceTransactionReported = {
  kind: "balance-moved",
  balanceTransactionId: "txn_1",
  paymentIntentId: "pi_1",
  entryKind: "payment",
  sourceId: "ch_1",
  money: tenDollars,
  settled: { currency: "USD", amountMinor: 1000, feeMinor: 59, netMinor: 941 },
  movedAt: new Date("2026-11-20T11:59:31Z"),
};
export const completedCheckoutFact: CheckoutClosed = {
  kind: "checkout-closed",
  sessionId: "cs_test_1",
  outcome: "completed",
  email: "reader@example.org",
  recurring: null,
  origin,
};
export const sampleRefundReported = (
  refundId: string,
  amountMinor: number,
  more: Partial<RefundReported> = {},
): RefundReported => ({
  kind: "refund",
  refundId,
  paymentIntentId: "pi_1",
  money: { amountMinor, currency: "USD" },
  status: "succeeded",
  reason: null,
  refundedAt: new Date("2026-11-21T08:00:00Z"),
  ...more,
});
export const sampleDisputeReported = (status: string): DisputeReported => ({
  kind: "dispute",
  disputeId: "dp_1",
  paymentIntentId: "pi_1",
  money: tenDollars,
  status,
  reason: "fraudulent",
  openedAt: new Date("2026-11-22T08:00:00Z"),
  answerBy: null,
});
/**
 * Reports a dispute's balance transaction: Stripe takes the amount and a fee of $15. For `dispute-returned`, Stripe
 * returns the amount without the fee.
 */
export const sampleDisputeBalanceMoved = (
  entryKind: "dispute" | "dispute-returned",
  balanceTransactionId: string,
): BalanceTransactionReported => {
  const amountMinor = entryKind === "dispute" ? -1000 : 1000;
  const feeMinor = entryKind === "dispute" ? 1500 : 0;
  return {
    ...sampleBalanceMovedFact,
    balanceTransactionId,
    entryKind,
    sourceId: "dp_1",
    settled: { currency: "USD", amountMinor, feeMinor, netMinor: amountMinor - feeMinor },
    movedAt: new Date("2026-11-22T08:00:00Z"),
  };
};

export const sampleMonthlyGift: RecurringGiftAtStripe = {
  subscriptionId: "sub_1",
  subscriptionItemId: "si_1",
  productId: "prod_1",
  customerId: "cus_1",
  money: tenDollars,
  frequency: "monthly",
  unusual: null,
  status: "active",
  startedAt: sampleNow,
  nextPaymentAt: new Date("2026-12-20T12:00:00Z"),
  chargesNextAt: new Date("2026-12-20T12:00:00Z"),
  chargeDay: null,
  resumesAt: null,
  cancelAt: null,
  endedAt: null,
  endReason: null,
  origin,
};
export const sampleRecurringPaymentFact: RecurringPayment = {
  kind: "recurring-payment",
  invoiceId: "in_1",
  subscriptionId: "sub_1",
  status: "succeeded",
  money: tenDollars,
  frequency: "monthly",
  paidAt: sampleNow,
  customerId: "cus_1",
  email: "reader@example.org",
  isEmailCurrent: false,
  origin,
};
export const sampleSubscriptionCheckoutClosed: CheckoutClosed = {
  ...completedCheckoutFact,
  recurring: { subscriptionId: "sub_1", customerId: "cus_1", money: tenDollars },
};
export const sampleRecurringGiftChanged = (state: Partial<RecurringGiftAtStripe>): Fact => ({
  kind: "recurring-gift-changed",
  state: { ...sampleMonthlyGift, ...state },
  notes: [],
});

/**
 * Records each delivery as one event. Then fetches the recurring gifts that are due, and reads the ledger. `atStripe`:
 * the state that the fetch returns.
 */
export async function readBooksAfter(
  deliveries: { eventId: string; facts: Fact[] }[],
  atStripe: RecurringGiftAtStripe = sampleMonthlyGift,
) {
  const db = await openEmptyLedger();
  for (const { eventId, facts } of deliveries)
    await recordEvent(db, { ...testOptionsForRecordingEvents, eventId, type: "test", facts });
  for (const gift of await listRecurringGiftsToFetch(db, { now: sampleNow, limit: 10 }))
    await applyFetchedRecurringGiftState(db, {
      id: gift.id,
      changeNumber: gift.changesSeen,
      state: atStripe,
      options: testOptionsForRecordingEvents,
    });
  const books = await readBooks(db);
  await db.$disconnect();
  return books;
}

/**
 * Records each list of deliveries in an empty ledger and returns what the ledger then contains. Handles the lists one
 * after another, so that all can use the same ledger, which is emptied in between. The usual run takes only every fifth
 * list on PostgreSQL. On SQLite it takes every second list if there are more than ten, and otherwise all. Among so few
 * lists, only one may show a fault.
 */
export async function readBooksAfterEachSampledDeliveryList(
  lists: Parameters<typeof readBooksAfter>[0][],
  atStripe?: RecurringGiftAtStripe,
) {
  const books: Awaited<ReturnType<typeof readBooksAfter>>[] = [];
  const n = testDatabaseProvider === "postgresql" ? 5 : lists.length > 10 ? 2 : 1;
  for (const deliveries of everyNthUnlessFullRun(n, lists)) books.push(await readBooksAfter(deliveries, atStripe));
  return books;
}

const ADDRESSES = { include: { addresses: { where: { until: null } } } } as const;

/** Reads the parts of the ledger that must not depend on the order or the number of deliveries. */
export async function readBooks(db: Db) {
  const payments = await db.payment.findMany({
    orderBy: { amountMinor: "asc" },
    include: { supporter: ADDRESSES, recurringGift: true },
  });
  const gifts = await db.recurringGift.findMany({ include: { supporter: ADDRESSES } });
  const entries = await db.entry.findMany({ orderBy: { key: "asc" } });
  const balance = await db.balanceEntry.findMany({ orderBy: { id: "asc" } });
  return {
    payments: payments.map((payment) => ({
      fact: payment.paymentIntentId ?? payment.invoiceId,
      amount: payment.amountMinor,
      refunded: payment.refundedMinor,
      disputed: payment.disputedMinor,
      status: payment.status,
      paidAt: payment.paidAt.toISOString(),
      charge: payment.chargeId,
      from: payment.supporter?.addresses[0]?.emailHash,
      of: payment.recurringGift?.subscriptionId,
    })),
    entries: entries.map(({ key, amountMinor, occurredAt }) => `${key} ${amountMinor} ${occurredAt.toISOString()}`),
    balance: balance.map(({ id, kind, feeMinor, netMinor }) => `${id} ${kind} ${feeMinor} ${netMinor}`),
    totals: await readTotals(db),
    refunds: await db.refund.findMany({ select: { id: true, status: true }, orderBy: { id: "asc" } }),
    disputes: await db.dispute.findMany({ select: { id: true, status: true }, orderBy: { id: "asc" } }),
    recurring: gifts.map(({ status, amountMinor, nextPaymentAt, cancelAt, article, supporter }) => ({
      status,
      amountMinor,
      next: nextPaymentAt?.toISOString(),
      cancelAt: cancelAt?.toISOString(),
      article,
      from: supporter?.addresses[0]?.emailHash,
    })),
    worth: await readRecurringTotals(db),
    // Counts only thank-you e-mails. Whether a `debit-pending` e-mail is queued depends on the order of deliveries:
    // none is queued if the first report already has the debit's result.
    mails: await db.outboxMail.count({ where: { kind: "thanks" } }),
    supporters: await db.supporter.count(),
  };
}

async function readTotals(db: Db): Promise<string[]> {
  const rows = await db.total.findMany();
  return rows
    .flatMap((row) => {
      const key = [row.period, row.start, row.by, row.value, row.currency, row.settledCurrency].filter(Boolean);
      const sums = [...TOTAL_COUNT_COLUMNS, ...TOTAL_AMOUNT_COLUMNS]
        .filter((name) => Number(row[name]) !== 0)
        .map((name) => `${name} ${row[name]}`);
      return sums.length > 0 ? [`${key.join(" ")}: ${sums.join(", ")}`] : [];
    })
    .sort();
}

export async function readRecurringTotals(db: Db): Promise<string[]> {
  const rows = await db.recurringTotal.findMany({ where: { NOT: { gifts: 0, ending: 0, amountMinor: 0n } } });
  return rows
    .map(({ currency, frequency, status, gifts, ending, amountMinor }) =>
      [currency, frequency, status, gifts, ending, amountMinor].join(" "),
    )
    .sort();
}
