// Stripe's own books, read from its objects (its events are kept for 30 days only) and told as the same facts as events are.
import type Stripe from "stripe";
import type { Fact } from "../../domain/ledger/fact";
import { chargeFacts, isUnpaidDebit } from "./facts/charge";
import { disputeFacts } from "./facts/dispute";
import { fromUnix, idOf } from "./facts/ids";
import { paidInvoice, paidInvoicePayment } from "./facts/invoice";
import { payoutFacts } from "./facts/payout";
import { recurringNotes } from "./facts/recurring-notes";
import { refundFacts } from "./facts/refund";
import { closedSession, completedSession, failedSession } from "./facts/session";
import { askForInvoice } from "./follow-up";
import { withOwnLine } from "./own-line";
import { recurringStateOf } from "./subscription";

/** In the order in which the books can be rebuilt: nothing is told before what it hangs on. */
export const PHASES = ["subscriptions", "sessions", "invoices", "charges", "refunds", "disputes", "payouts"] as const;
export type Phase = (typeof PHASES)[number];

export type ObjectPage = {
  /** What each object of the page tells; those that are not ours tell nothing, or only of a payment intent. */
  objects: { id: string; facts: Fact[] }[];
  hasMore: boolean;
};

const PAGE = 100;

type Listed = { id?: string };
type Lister = (
  stripe: Stripe,
  params: Stripe.PaginationParams & { created?: Stripe.RangeQueryParam },
) => Promise<ObjectPage>;

const LISTERS: Record<Phase, Lister> = {
  subscriptions: async (stripe, params) => {
    const expand = ["data.customer", "data.default_payment_method"];
    return pageOf(await stripe.subscriptions.list({ ...params, status: "all", expand }), subscriptionFacts);
  },
  sessions: async (stripe, params) =>
    pageOf(
      await stripe.checkout.sessions.list({ ...params, status: "complete", expand: ["data.payment_intent"] }),
      sessionFacts,
    ),
  invoices: async (stripe, params) => {
    const list = await stripe.invoices.list({ ...params, status: "paid", expand: ["data.payments", "data.customer"] });
    const objects: ObjectPage["objects"] = [];
    for (const invoice of list.data)
      objects.push({ id: invoice.id, facts: invoiceFacts(await withOwnLine(stripe, invoice)) });
    return { objects, hasMore: list.has_more };
  },
  charges: async (stripe, params) => {
    const expand = ["data.balance_transaction", "data.failure_balance_transaction"];
    const list = await stripe.charges.list({ ...params, expand });
    const objects: ObjectPage["objects"] = [];
    for (const charge of list.data) objects.push({ id: charge.id, facts: await factsOfCharge(stripe, charge) });
    return { objects, hasMore: list.has_more };
  },
  refunds: async (stripe, params) =>
    pageOf(
      await stripe.refunds.list({
        ...params,
        expand: ["data.balance_transaction", "data.failure_balance_transaction"],
      }),
      refundFacts,
    ),
  disputes: async (stripe, params) => pageOf(await stripe.disputes.list(params), disputeFacts),
  payouts: async (stripe, params) => pageOf(await stripe.payouts.list(params), payoutFacts),
};

/** One page of one list, newest first. `until`: only what was made by then; null for all. Throws where Stripe cannot be reached. */
export function readPage(
  stripe: Stripe,
  { phase, after, until }: { phase: Phase; after: string | null; until: Date | null },
): Promise<ObjectPage> {
  const made = until ? { created: { lte: Math.floor(until.getTime() / 1000) } } : {};
  return LISTERS[phase](stripe, { limit: PAGE, ...made, ...(after ? { starting_after: after } : {}) });
}

function pageOf<T extends Listed>(list: Stripe.ApiList<T>, tell: (object: T) => Fact[]): ObjectPage {
  const objects = list.data.map((object) => ({ id: object.id ?? "", facts: tell(object) }));
  return { objects, hasMore: list.has_more };
}

/** Of its story what it still shows: its present sum, and that it was cancelled or has ended, when and why. */
function subscriptionFacts(subscription: Stripe.Subscription): Fact[] {
  const state = recurringStateOf(subscription);
  const told = { before: undefined, toldAt: fromUnix(subscription.created) };
  return state ? [{ kind: "recurring-gift-changed", state, notes: recurringNotes(subscription, told) }] : [];
}

/** A session stays "unpaid" where its bank debit failed: its payment intent knows. */
function sessionFacts(session: Stripe.Checkout.Session): Fact[] {
  const at = fromUnix(session.created);
  const intent = session.payment_intent;
  const status = typeof intent === "object" && intent ? intent.status : null;
  const whole = { ...session, payment_intent: idOf(intent) };
  if (session.payment_status !== "unpaid" || status === "processing") return completedSession(whole, at);
  if (status === "succeeded") return completedSession({ ...whole, payment_status: "paid" }, at);
  return [...closedSession(whole, "completed"), ...failedSession(whole, at)];
}

/** A debit's invoice may never be paid: then nothing but the debit leads to it. */
async function factsOfCharge(stripe: Stripe, charge: Stripe.Charge): Promise<Fact[]> {
  const facts = chargeFacts(charge, fromUnix(charge.created));
  const paymentIntentId = idOf(charge.payment_intent);
  if (!paymentIntentId || !isUnpaidDebit(charge)) return facts;
  const ofInvoice = await askForInvoice(stripe, paymentIntentId);
  return [...(ofInvoice?.facts ?? []), ...facts];
}

function invoiceFacts(invoice: Stripe.Invoice): Fact[] {
  const paid = paidInvoice(invoice);
  return paid.length > 0 ? [...paid, ...(invoice.payments?.data ?? []).flatMap(paidInvoicePayment)] : [];
}
