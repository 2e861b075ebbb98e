// Reads Stripe's objects, so that the ledger can be checked and rebuilt. Events are not enough, because Stripe stores them for only 30 days.
// Translates each object into the same facts as its events.
import "server-only";
import type Stripe from "stripe";
import type { StripeListPage, StripeObjectWithFacts } from "../../domain/ledger/check/unreadable";
import type { Fact } from "../../domain/ledger/fact";
import { type StripeObjectLister, translateStripeObjectToFacts, translateStripePageToFacts } from "./book-page";
import { listPayoutsWithEntries } from "./book-payout-entries";
import { chargeFacts, isUnpaidDebitWithoutOurMetadata } from "./facts/charge";
import { disputeFacts } from "./facts/dispute";
import { dateFromUnix, idOf } from "./facts/ids";
import { paidInvoiceFacts, paidInvoicePaymentFacts } from "./facts/invoice";
import { payoutFacts } from "./facts/payout";
import { listRecurringGiftChanges } from "./facts/recurring-notes";
import { refundFacts } from "./facts/refund";
import { checkoutClosedFacts, completedSessionFacts, failedSessionFacts } from "./facts/session";
import { askAboutInvoice } from "./follow-up";
import { withMissingPeriodLineFetched } from "./own-line";
import { recurringStateOf } from "./subscription";

/**
 * The kinds of Stripe objects, in the order in which a check reads them. When the ledger is rebuilt, the objects of
 * each kind need only objects of earlier kinds.
 */
export const BOOKS_CHECK_PHASES = [
  "subscriptions",
  "sessions",
  "invoices",
  "charges",
  "refunds",
  "disputes",
  "payouts",
  "payout-entries",
] as const;
export type BooksCheckPhase = (typeof BOOKS_CHECK_PHASES)[number];

const PAGE = 100;

const LISTERS: Record<BooksCheckPhase, StripeObjectLister> = {
  subscriptions: async (stripe, params) => {
    const expand = ["data.customer", "data.default_payment_method"];
    return translateStripePageToFacts(
      await stripe.subscriptions.list({ ...params, status: "all", expand }),
      subscriptionFacts,
    );
  },
  sessions: async (stripe, params) =>
    translateStripePageToFacts(
      await stripe.checkout.sessions.list({ ...params, status: "complete", expand: ["data.payment_intent"] }),
      sessionFacts,
    ),
  invoices: async (stripe, params) => {
    const list = await stripe.invoices.list({ ...params, status: "paid", expand: ["data.payments", "data.customer"] });
    const objects: StripeObjectWithFacts[] = [];
    for (const invoice of list.data)
      objects.push(
        await translateStripeObjectToFacts(invoice, async () =>
          invoiceFacts(await withMissingPeriodLineFetched(stripe, invoice)),
        ),
      );
    return { objects, hasMore: list.has_more };
  },
  charges: async (stripe, params) => {
    const expand = ["data.balance_transaction", "data.failure_balance_transaction"];
    const list = await stripe.charges.list({ ...params, expand });
    const objects: StripeObjectWithFacts[] = [];
    for (const charge of list.data)
      objects.push(await translateStripeObjectToFacts(charge, () => factsOfCharge(stripe, charge)));
    return { objects, hasMore: list.has_more };
  },
  refunds: async (stripe, params) =>
    translateStripePageToFacts(
      await stripe.refunds.list({
        ...params,
        expand: ["data.balance_transaction", "data.failure_balance_transaction"],
      }),
      refundFacts,
    ),
  disputes: async (stripe, params) => translateStripePageToFacts(await stripe.disputes.list(params), disputeFacts),
  payouts: async (stripe, params) => translateStripePageToFacts(await stripe.payouts.list(params), payoutFacts),
  "payout-entries": listPayoutsWithEntries,
};

/**
 * Returns one page of a list, newest object first. `until`: only objects created by then; null: all. Throws if Stripe
 * is unreachable.
 */
export function readStripePage(
  stripe: Stripe,
  { phase, after, until }: { phase: BooksCheckPhase; after: string | null; until: Date | null },
): Promise<StripeListPage> {
  const created = until ? { created: { lte: Math.floor(until.getTime() / 1000) } } : {};
  return LISTERS[phase](stripe, { limit: PAGE, ...created, ...(after ? { starting_after: after } : {}) });
}

/**
 * Returns only part of the subscription's history: its start, its current amount, and when and why it was cancelled or
 * ended.
 */
function subscriptionFacts(subscription: Stripe.Subscription): Fact[] {
  const state = recurringStateOf(subscription);
  const source = { before: undefined, reportedAt: dateFromUnix(subscription.created), by: null };
  return state
    ? [{ kind: "recurring-gift-changed", state, notes: listRecurringGiftChanges(subscription, source) }]
    : [];
}

/**
 * Translates a session. Stripe calls it "unpaid" both while a bank debit is pending and after the debit failed. The
 * status of the payment intent shows which.
 */
function sessionFacts(session: Stripe.Checkout.Session): Fact[] {
  const at = dateFromUnix(session.created);
  const intent = session.payment_intent;
  const status = typeof intent === "object" && intent ? intent.status : null;
  // An erasure is recorded in the metadata of the payment intent, not of the session (erase.ts).
  const erased = typeof intent === "object" ? intent?.metadata?.erased : undefined;
  const metadata = erased && session.metadata ? { ...session.metadata, erased } : session.metadata;
  const whole = { ...session, metadata, payment_intent: idOf(intent) };
  if (session.payment_status !== "unpaid" || status === "processing") return completedSessionFacts(whole, at);
  if (status === "succeeded") return completedSessionFacts({ ...whole, payment_status: "paid" }, at);
  return [...checkoutClosedFacts(whole, "completed", at), ...failedSessionFacts(whole, at)];
}

/**
 * Returns the facts about the charge. For an unpaid bank debit, also returns the facts about the charge's invoice. If
 * the invoice is never paid, the site can find it only through the charge.
 */
async function factsOfCharge(stripe: Stripe, charge: Stripe.Charge): Promise<Fact[]> {
  const facts = chargeFacts(charge, dateFromUnix(charge.created));
  const paymentIntentId = idOf(charge.payment_intent);
  if (!paymentIntentId || !isUnpaidDebitWithoutOurMetadata(charge)) return facts;
  const ofInvoice = await askAboutInvoice(stripe, paymentIntentId);
  return [...(ofInvoice?.facts ?? []), ...facts];
}

function invoiceFacts(invoice: Stripe.Invoice): Fact[] {
  const paid = paidInvoiceFacts(invoice);
  return paid.length > 0 ? [...paid, ...(invoice.payments?.data ?? []).flatMap(paidInvoicePaymentFacts)] : [];
}
