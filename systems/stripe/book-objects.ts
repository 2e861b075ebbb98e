// Reads Stripe's own books from its objects and translates them into the same facts as events. Stripe keeps events for 30 days only.
import "server-only";
import Stripe from "stripe";
import type { StripesObject, StripesPage } from "../../domain/ledger/check/unreadable";
import type { Fact } from "../../domain/ledger/fact";
import { reasonOf } from "../../domain/ledger/unrecordable";
import { chargeFacts, isUnpaidDebit } from "./facts/charge";
import { disputeFacts } from "./facts/dispute";
import { fromUnix, idOf } from "./facts/ids";
import { paidInvoice, paidInvoicePayment } from "./facts/invoice";
import { payoutFacts } from "./facts/payout";
import { recurringNotes } from "./facts/recurring-notes";
import { refundFacts } from "./facts/refund";
import { closedSession, completedSession, failedSession } from "./facts/session";
import { askForInvoice } from "./follow-up";
import { readOrigin } from "./metadata";
import { withOwnLine } from "./own-line";
import { isListed, readPayoutEntries } from "./payout-entries";
import { recurringStateOf } from "./subscription";

/** The order in which the books can be rebuilt: each list needs only the ones before it. */
export const PHASES = ["subscriptions", "sessions", "invoices", "charges", "refunds", "disputes", "payouts", "payout-entries"] as const;
export type Phase = (typeof PHASES)[number];

const PAGE = 100;

type Reference = string | { id: string } | null;
type Listed = {
  id?: string;
  payment_intent?: Reference;
  invoice?: Reference;
  balance_transaction?: Reference;
  failure_balance_transaction?: Reference;
  balance_transactions?: { id: string }[];
  metadata?: Record<string, string> | null;
};
type Lister = (
  stripe: Stripe,
  params: Stripe.PaginationParams & { created?: Stripe.RangeQueryParam },
) => Promise<StripesPage>;

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
    const objects: StripesObject[] = [];
    for (const invoice of list.data)
      objects.push(await objectOf(invoice, async () => invoiceFacts(await withOwnLine(stripe, invoice))));
    return { objects, hasMore: list.has_more };
  },
  charges: async (stripe, params) => {
    const expand = ["data.balance_transaction", "data.failure_balance_transaction"];
    const list = await stripe.charges.list({ ...params, expand });
    const objects: StripesObject[] = [];
    for (const charge of list.data) objects.push(await objectOf(charge, () => factsOfCharge(stripe, charge)));
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
  "payout-entries": listPayoutEntries,
};

/** Reads one page of one list, newest first. `until`: only objects created by then; null for all. Throws when Stripe is unreachable. */
export function readPage(
  stripe: Stripe,
  { phase, after, until }: { phase: Phase; after: string | null; until: Date | null },
): Promise<StripesPage> {
  const created = until ? { created: { lte: Math.floor(until.getTime() / 1000) } } : {};
  return LISTERS[phase](stripe, { limit: PAGE, ...created, ...(after ? { starting_after: after } : {}) });
}

/** Payouts of one page of this list, each with a call or more of its own. */
const PAYOUTS = 20;

/** Reads the lists of some payouts. The cursor is a payout, or `<payout>:<balance transaction>` in the middle of a long list. */
async function listPayoutEntries(stripe: Stripe, params: Parameters<Lister>[1]): Promise<StripesPage> {
  const { starting_after: cursor, ...range } = params;
  const [payoutId, after] = cursor?.split(":") ?? [];
  if (payoutId && after) {
    const read = await readEntriesOf(stripe, { payoutId, after });
    return { objects: [read.object], hasMore: true, cursor: read.cursor };
  }
  const from = payoutId ? { starting_after: payoutId } : {};
  const list = await stripe.payouts.list({ ...range, limit: PAYOUTS, ...from });
  const objects: StripesObject[] = [];
  for (const payout of list.data.filter(isListed)) {
    const read = await readEntriesOf(stripe, { payoutId: payout.id, after: null });
    objects.push(read.object);
    if (read.cursor !== payout.id) return { objects, hasMore: true, cursor: read.cursor };
  }
  return { objects, hasMore: list.has_more, cursor: list.data.at(-1)?.id };
}

/** `cursor`: the payout at the end of its list, or the place in it. */
async function readEntriesOf(stripe: Stripe, { payoutId, after }: { payoutId: string; after: string | null }) {
  let next: string | null = null;
  const object = await objectOf({ id: payoutId }, async () => {
    const listed = await readPayoutEntries(stripe, { payoutId, after });
    next = listed.next;
    return [listed];
  });
  return { object, cursor: next ? `${payoutId}:${next}` : payoutId };
}

async function pageOf<T extends Listed>(
  list: Stripe.ApiList<T>,
  translate: (object: T) => Fact[],
): Promise<StripesPage> {
  const objects: StripesObject[] = [];
  for (const object of list.data) objects.push(await objectOf(object, () => translate(object)));
  return { objects, hasMore: list.has_more };
}

/** Translates one object. An unreadable object is reported and stops no other. Throws when a call to Stripe fails. */
async function objectOf(object: Listed, translate: () => Fact[] | Promise<Fact[]>): Promise<StripesObject> {
  const id = object.id ?? "";
  try {
    return { id, facts: await translate() };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) throw error;
    return {
      id,
      facts: [],
      unreadable: { reason: reasonOf(error), names: namesIn(object), isMarked: isMarked(object) },
    };
  }
}

/**
 * True if the object carries our mark. One without a payment intent counts as marked: the translators read a subscription or an
 * invoice only if it is ours, and a payout is the account's own.
 */
function isMarked(object: Listed): boolean {
  return !("payment_intent" in object) || readOrigin(object.metadata) !== null;
}

/** These ids identify the ledger's rows that an unreadable object may stand for. */
const NAMES = ["id", "payment_intent", "invoice", "balance_transaction", "failure_balance_transaction"] as const;

function namesIn(object: Listed): string[] {
  const moved = Array.isArray(object.balance_transactions) ? object.balance_transactions : [];
  return [...NAMES.flatMap((name) => idOf(object[name]) ?? []), ...moved.map(({ id }) => id)];
}

/** A subscription shows only part of its history: its present amount, and when and why it was cancelled or ended. */
function subscriptionFacts(subscription: Stripe.Subscription): Fact[] {
  const state = recurringStateOf(subscription);
  const source = { before: undefined, reportedAt: fromUnix(subscription.created), by: null };
  return state ? [{ kind: "recurring-gift-changed", state, notes: recurringNotes(subscription, source) }] : [];
}

/** A session stays "unpaid" both while a bank debit is pending and after it failed. Its payment intent says which of the two it is. */
function sessionFacts(session: Stripe.Checkout.Session): Fact[] {
  const at = fromUnix(session.created);
  const intent = session.payment_intent;
  const status = typeof intent === "object" && intent ? intent.status : null;
  // An erasure is marked on the intent: the session cannot be told of it.
  const erased = typeof intent === "object" ? intent?.metadata?.erased : undefined;
  const metadata = erased && session.metadata ? { ...session.metadata, erased } : session.metadata;
  const whole = { ...session, metadata, payment_intent: idOf(intent) };
  if (session.payment_status !== "unpaid" || status === "processing") return completedSession(whole, at);
  if (status === "succeeded") return completedSession({ ...whole, payment_status: "paid" }, at);
  return [...closedSession(whole, "completed", at), ...failedSession(whole, at)];
}

/**
 * The facts of a charge, and those of its invoice if it is an unpaid debit. A debit's invoice may never be paid; then only the
 * debit leads to it.
 */
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
