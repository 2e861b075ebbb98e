// The independent oracle: computes from Stripe's objects what the ledger must contain. It uses no code of the ledger or
// of its comparison with Stripe, and finds this site's objects by their metadata alone. Also reads the ledger's
// contents, in the same form.
import type Stripe from "stripe";
import { publication } from "../../publication";
import type { Db } from "../../systems/database";
import {
  expectedCardExpiryMails,
  expectedDebitBouncedMails,
  expectedRenewalFailedMails,
  recordedCardExpiryMails,
  recordedDebitBouncedMails,
  recordedRenewalFailedMails,
} from "./oracle-mails";
import { recurringValuesFromMovementTotals, recurringValuesFromStripe } from "./oracle-movements";
import { expectedTotalLinesFromStripe, isDisputedAmountWithdrawn, readStoredTotalsAsLines } from "./oracle-sums";

/** The contents of a ledger as sorted lines of text, because two such lists are easy to compare. */
export type LedgerAsTextLines = Record<
  | "payments"
  | "unpaid"
  | "refunds"
  | "disputes"
  | "balance"
  | "balanceSums"
  | "totals"
  | "recurring"
  | "recurringTotals"
  | "recurringValues"
  | "supporters"
  | "thanks"
  | "refundMails"
  | "renewalMails"
  | "debitBouncedMails"
  | "cardExpiryMails"
  | "payouts"
  | "payoutEntries",
  string[]
>;

type Own = { intent: string; fact: string; frequency: string; charge: Stripe.Charge; covered: number };

export async function ledgerLinesExpectedFromStripe(stripe: Stripe): Promise<LedgerAsTextLines> {
  const invoices = await all(stripe.invoicePayments.list({ limit: 100, expand: ["data.invoice"] }));
  const charges = await all(stripe.charges.list({ limit: 100 }));
  const prices = new Map((await all(stripe.prices.list({ limit: 100 }))).map((price) => [price.id, price]));
  const own = charges.flatMap((charge) => ownCharge(charge, { invoices, prices }));
  const succeeded = own.filter(({ charge }) => charge.status === "succeeded");
  const intents = new Set(own.map(({ intent }) => intent));
  const isOwn = ({ payment_intent: intent }: { payment_intent: unknown }) => intents.has(String(intent));
  const refunds = (await all(stripe.refunds.list({ limit: 100 }))).filter(isOwn);
  const disputes = (await all(stripe.disputes.list({ limit: 100 }))).filter(isOwn);
  // Includes charges that failed: a bounced bank debit is not a payment, but Stripe still charged a fee for it.
  const sources = new Set([...own.map(({ charge }) => charge), ...refunds, ...disputes].map(({ id }) => id));
  const balance = (await all(stripe.balanceTransactions.list({ limit: 100 }))).filter((row) =>
    sources.has(String(row.source)),
  );
  const withCustomers = { limit: 100, status: "all" as const, expand: ["data.customer"] };
  const subscriptions = (await all(stripe.subscriptions.list(withCustomers))).filter(({ metadata }) =>
    isMarked(metadata),
  );
  return {
    payments: succeeded.map((payment) => paymentLine(payment, disputes)).sort(),
    unpaid: unpaidLines(own).sort(),
    refunds: refunds.map(({ id, amount, status }) => `${id} ${amount} ${status}`).sort(),
    disputes: disputes.map(({ id, amount, status }) => `${id} ${amount} ${status}`).sort(),
    balance: balance
      .map(({ id, amount, fee, net, currency }) => line([id, amount, fee, net, currency.toUpperCase()]))
      .sort(),
    balanceSums: sumsOf(
      balance.map(({ currency, amount, fee, net }) => ({ currency: currency.toUpperCase(), amount, fee, net })),
    ),
    totals: expectedTotalLinesFromStripe({ own, refunds, disputes, balance }).sort(),
    recurring: subscriptions.map(recurringLine).sort(),
    recurringTotals: worthOf(subscriptions),
    recurringValues: await recurringValuesFromStripe(stripe, ({ metadata }) => isMarked(metadata)),
    supporters: groupsOf(subscriptions.map((subscription) => [subscription.id, emailOf(subscription)])),
    thanks: succeeded.map(({ fact }) => `${fact} 1`).sort(),
    // Includes only succeeded refunds. For a failed refund, an e-mail was queued only if the refund had succeeded
    // first, and Stripe does not show this.
    refundMails: refunds.flatMap(({ id, status }) => (status === "succeeded" ? [`${id} 1`] : [])).sort(),
    renewalMails: await expectedRenewalFailedMails(stripe, isMarked),
    debitBouncedMails: expectedDebitBouncedMails(bouncedFacts(own)),
    cardExpiryMails: await expectedCardExpiryMails(stripe, subscriptions),
    payouts: (await all(stripe.payouts.list({ limit: 100 })))
      .map(({ id, amount, status }) => `${id} ${amount} ${status}`)
      .sort(),
    payoutEntries: await payoutEntriesFromStripe(stripe),
  };
}

async function payoutEntriesFromStripe(stripe: Stripe): Promise<string[]> {
  const lines: string[] = [];
  for (const { id: payout, status } of await all(stripe.payouts.list({ limit: 100 })))
    if (status === "paid")
      for (const { id } of await all(stripe.balanceTransactions.list({ payout, limit: 100 })))
        lines.push(`${id} ${payout}`);
  return lines.sort();
}

export async function ledgerLinesFromDatabase(db: Db): Promise<LedgerAsTextLines> {
  const payments = await db.payment.findMany({ where: { status: "succeeded" } });
  const unpaid = await db.payment.findMany({ where: { status: { not: "succeeded" } } });
  const refunds = await db.refund.findMany({ where: { paymentId: { not: null } } });
  const disputes = await db.dispute.findMany({ where: { paymentId: { not: null } } });
  const balance = await db.balanceEntry.findMany();
  const gifts = await db.recurringGift.findMany();
  const mails = await db.outboxMail.findMany();
  const fact = (payment: (typeof payments)[number]) => payment.invoiceId ?? payment.paymentIntentId ?? "";
  const thanked = (id: string) => mails.filter(({ factKey }) => factKey === `thanks:${id}`).length;
  return {
    payments: payments
      .map((row) =>
        line([
          ...[fact(row), row.chargeId, row.amountMinor, row.currency, row.refundedMinor, row.disputedMinor],
          ...[row.frequency, row.coveredFeeMinor],
        ]),
      )
      .sort(),
    unpaid: unpaid.map((row) => line([fact(row), row.status, row.amountMinor, row.currency, row.frequency])).sort(),
    refunds: refunds.map(({ id, amountMinor, status }) => `${id} ${amountMinor} ${status}`).sort(),
    disputes: disputes.map(({ id, amountMinor, status }) => `${id} ${amountMinor} ${status}`).sort(),
    balance: balance.map((row) => line([row.id, row.amountMinor, row.feeMinor, row.netMinor, row.currency])).sort(),
    balanceSums: sumsOf(
      balance.map((row) => ({
        currency: row.currency,
        amount: Number(row.amountMinor),
        fee: Number(row.feeMinor),
        net: Number(row.netMinor),
      })),
    ),
    totals: (await readStoredTotalsAsLines(db)).sort(),
    recurring: gifts
      .map((gift) => {
        const { subscriptionId, status, amountMinor, currency, frequency, resumesAt } = gift;
        return line([
          subscriptionId,
          status,
          amountMinor,
          currency,
          frequency,
          resumesAt && resumesAt.getTime() / 1_000,
        ]);
      })
      .sort(),
    recurringTotals: (await db.recurringTotal.findMany({ where: { gifts: { not: 0 } } }))
      .map((row) => line([row.currency, row.frequency, row.status, row.gifts, row.ending, row.amountMinor]))
      .sort(),
    recurringValues: await recurringValuesFromMovementTotals(db),
    supporters: groupsOf(gifts.map((gift) => [gift.subscriptionId, gift.customerId ? gift.supporterId : null])),
    thanks: payments.map((payment) => `${fact(payment)} ${thanked(payment.id)}`).sort(),
    refundMails: refunds
      .filter(({ status }) => status === "succeeded")
      .map(({ id }) => `${id} ${mails.filter(({ factKey }) => factKey === `refunded:${id}`).length}`)
      .sort(),
    renewalMails: await recordedRenewalFailedMails(db),
    debitBouncedMails: await recordedDebitBouncedMails(db),
    cardExpiryMails: await recordedCardExpiryMails(db),
    payouts: (await db.payout.findMany()).map(({ id, amountMinor, status }) => `${id} ${amountMinor} ${status}`).sort(),
    payoutEntries: (await db.payoutEntry.findMany()).map(({ id, payoutId }) => `${id} ${payoutId}`).sort(),
  };
}

/** Returns every line whose number of occurrences differs between Stripe and the ledger. */
export function findLedgerLineDifferences(stripe: LedgerAsTextLines, books: LedgerAsTextLines): string[] {
  return (Object.keys(stripe) as (keyof LedgerAsTextLines)[]).flatMap((place) => {
    const [theirs, ours] = [count(stripe[place]), count(books[place])];
    const missing = stripe[place].filter((each) => theirs.get(each) !== ours.get(each));
    const added = books[place].filter((each) => theirs.get(each) !== ours.get(each));
    return [
      ...missing.map((each) => `${place}: only Stripe has ${each}`),
      ...added.map((each) => `${place}: only we have ${each}`),
    ];
  });
}

type Context = { invoices: Stripe.InvoicePayment[]; prices: Map<string, Stripe.Price> };

/**
 * Returns true for an object of this site. The metadata of another product can also contain `gift`, but does not name
 * this site.
 */
function isMarked(metadata: Stripe.Metadata | null | undefined): boolean {
  return metadata?.site === publication.id && /^g_[0-9a-f]{32}$/.test(metadata.gift ?? "");
}

function ownCharge(charge: Stripe.Charge, { invoices, prices }: Context): Own[] {
  const intent = String(charge.payment_intent);
  if (isMarked(charge.metadata)) {
    const covered = coveredPart(charge.amount, charge.metadata);
    return [{ intent, fact: intent, frequency: "once", charge, covered }];
  }
  const invoice = invoices.find(({ payment }) => payment.payment_intent === intent)?.invoice;
  if (!invoice || typeof invoice === "string" || invoice.deleted) return [];
  const metadata = invoice.parent?.subscription_details?.metadata;
  if (!isMarked(metadata)) return [];
  const covered = coveredPart(charge.amount, metadata);
  // After a change of the interval, an invoice has only prorations. The last of them is for the new period.
  const { data: lines } = invoice.lines;
  const line = lines.find(({ parent }) => !parent?.subscription_item_details?.proration) ?? lines.at(-1);
  const price = prices.get(String(line?.pricing?.price_details?.price));
  return [{ intent, fact: String(invoice.id), frequency: frequencyOf(price), charge, covered }];
}

/**
 * Returns the covered fee, from metadata such as `50 of 1000`. Returns zero if the payment's amount is not the whole
 * amount in the metadata (1000 in the example).
 */
function coveredPart(amount: number, metadata: Stripe.Metadata | null | undefined): number {
  const [covered = "0", whole] = metadata?.covered_fee?.split(" of ") ?? [];
  return whole === String(amount) ? Number(covered) : 0;
}

function frequencyOf(price: Stripe.Price | undefined): string {
  const { interval, interval_count: count } = price?.recurring ?? { interval: "never", interval_count: 0 };
  if (count === 1) return interval === "month" ? "monthly" : interval === "year" ? "yearly" : `every-1-${interval}`;
  return `every-${count}-${interval}`;
}

function amountOf({ items }: Stripe.Subscription): number {
  return items.data.reduce((sum, { price, quantity }) => sum + (price.unit_amount ?? 0) * (quantity ?? 1), 0);
}

function unpaidLines(own: Own[]): string[] {
  const paid = new Set(own.filter(({ charge }) => charge.status === "succeeded").map(({ fact }) => fact));
  const debits = own.filter(({ fact, charge }) => charge.balance_transaction && !paid.has(fact));
  return [...new Set(debits.map(({ fact }) => fact))].map((fact) => {
    const tries = debits.filter((debit) => debit.fact === fact);
    const status = tries.some(({ charge }) => charge.status === "failed") ? "failed" : "pending";
    const first = tries.toSorted((a, b) => a.charge.created - b.charge.created)[0];
    return line([fact, status, first?.charge.amount, first?.charge.currency.toUpperCase(), first?.frequency]);
  });
}

function bouncedFacts(own: Own[]): string[] {
  return unpaidLines(own).flatMap((each) => (/^\S+ failed /.test(each) ? [each.split(" ")[0] ?? ""] : []));
}

function paymentLine({ fact, charge, frequency, covered }: Own, disputes: Stripe.Dispute[]): string {
  const { id, amount, currency, amount_refunded: refunded } = charge;
  const held = disputes.filter((dispute) => dispute.charge === id && isDisputedAmountWithdrawn(dispute));
  const disputed = held.reduce((sum, dispute) => sum + dispute.amount, 0);
  return line([fact, id, amount, currency.toUpperCase(), refunded, disputed, frequency, covered]);
}

function recurringLine(subscription: Stripe.Subscription): string {
  const price = subscription.items.data[0]?.price;
  const { id, currency, pause_collection: pause } = subscription;
  const resumes = subscription.status === "canceled" ? null : (pause?.resumes_at ?? null);
  return line([
    ...[id, statusOf(subscription), amountOf(subscription), currency.toUpperCase()],
    ...[frequencyOf(price), resumes],
  ]);
}

function statusOf({ status, pause_collection: pause }: Stripe.Subscription): string {
  return status !== "canceled" && pause ? "paused" : status;
}

/**
 * Returns the supporter's e-mail address. Returns null if the customer was deleted: the gift then belongs to no
 * supporter.
 */
function emailOf({ customer }: Stripe.Subscription): string | null {
  if (typeof customer === "string") throw new Error(`the customer ${customer} was not expanded`);
  return customer.deleted ? null : (customer.email?.toLowerCase() ?? null);
}

function groupsOf(gifts: [subscriptionId: string, person: string | null][]): string[] {
  const groups = new Map<string, string[]>();
  for (const [id, person] of gifts) if (person) groups.set(person, [...(groups.get(person) ?? []), id]);
  return [...groups.values()].map((ids) => ids.sort().join(" ")).sort();
}

/**
 * Returns a line for each currency, frequency and status of the gifts that are active, overdue or paused. It states the
 * number of gifts, how many of them have an end date, and the sum of their amounts.
 */
function worthOf(subscriptions: Stripe.Subscription[]): string[] {
  const sums = new Map<string, { gifts: number; ending: number; amount: number }>();
  for (const subscription of subscriptions) {
    const status = statusOf(subscription);
    if (!["active", "past_due", "unpaid", "paused"].includes(status)) continue;
    const price = subscription.items.data[0]?.price;
    const name = line([price?.currency.toUpperCase(), frequencyOf(price), status]);
    const sum = sums.get(name) ?? { gifts: 0, ending: 0, amount: 0 };
    const ends = subscription.cancel_at !== null || subscription.cancel_at_period_end;
    sums.set(name, {
      gifts: sum.gifts + 1,
      ending: sum.ending + Number(ends),
      amount: sum.amount + amountOf(subscription),
    });
  }
  return [...sums].map(([name, { gifts, ending, amount }]) => line([name, gifts, ending, amount])).sort();
}

type BalanceRow = { currency: string; amount: number; fee: number; net: number };

function sumsOf(rows: BalanceRow[]): string[] {
  const sums = new Map<string, BalanceRow>();
  for (const { currency, amount, fee, net } of rows) {
    const sum = sums.get(currency) ?? { currency, amount: 0, fee: 0, net: 0 };
    sums.set(currency, { currency, amount: sum.amount + amount, fee: sum.fee + fee, net: sum.net + net });
  }
  return [...sums.values()].map(({ currency, amount, fee, net }) => line([currency, amount, fee, net])).sort();
}

function line(parts: unknown[]): string {
  return parts.map(String).join(" ");
}

function count(lines: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of lines) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of list) found.push(each);
  return found;
}
