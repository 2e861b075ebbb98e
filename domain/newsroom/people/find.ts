// Finds what a colleague searches for: an e-mail address, a receipt number or an id. Addresses are stored encrypted and
// hashed, so a part of an address finds nothing.
import { nextDay, startOfDay, utcMiddayOf } from "../../calendar";
import type { Db } from "../../database";
import type { IdentityCrypto } from "../../identity";
import { parseReceiptNumber } from "../../ledger/receipt-number";
import type { Money } from "../../money";
import { type PaymentListItem, paymentListItemOf } from "../latest";
import {
  findAddressOwner,
  findFreeSeatGivenTo,
  findPaymentBy,
  findRecurringGiftByStripeId,
  findSupporterIdOfPayment,
  findSupporterIdOfRecurringGift,
  isOrWasSupporter,
  type PaymentSearchKey,
  selectPaymentsByReceiptNumber,
  selectPaymentsOfAmount,
} from "./store/find";

/**
 * `seat`: the e-mail address has free access to the newsroom's letters, but belongs to no supporter. `none`: nothing
 * was found. `searched` then says what the typed text looks like, such as an e-mail address or a receipt number.
 */
export type PeopleSearchOutcome =
  | { kind: "supporter"; supporterId: string }
  | { kind: "payment"; paymentId: string }
  /** Several payments have this receipt number, which is very unlikely. */
  | { kind: "payments"; number: string }
  | { kind: "gift"; recurringGiftId: string }
  | { kind: "seat" }
  | { kind: "none"; searched: "address" | "receipt" | "stripe" | "unknown" };

const NONE = { kind: "none" } as const;
/**
 * For each prefix of Stripe's ids, the key by which payments are searched. For bank debits, the ids of charges begin
 * with `py_` and those of refunds with `pyr_`.
 */
const OF_PAYMENTS: Record<string, PaymentSearchKey> = {
  pi: "paymentIntentId",
  ch: "chargeId",
  py: "chargeId",
  in: "invoiceId",
  re: "refund",
  pyr: "refund",
  dp: "dispute",
  du: "dispute",
  txn: "balanceEntry",
  cs: "checkoutSession",
};
const SUPPORTER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function searchSupportersAndPayments(
  db: Db,
  { text, identity, now }: { text: string; identity: Pick<IdentityCrypto, "hashOf">; now: Date },
): Promise<PeopleSearchOutcome> {
  const typed = text.trim();
  if (typed.includes("@")) return findByAddress(db, { emailHash: identity.hashOf(typed), now });
  const stripes = /^([a-z]{2,3})_\w{4,}$/.exec(typed);
  if (stripes) return findByStripeId(db, { id: typed, prefix: stripes[1] ?? "" });
  if (SUPPORTER_ID.test(typed))
    return (await isOrWasSupporter(db, typed))
      ? { kind: "supporter", supporterId: typed }
      : { ...NONE, searched: "unknown" };
  const number = parseReceiptNumber(typed);
  if (!number) return { ...NONE, searched: "unknown" };
  const [payment, ...others] = await selectPaymentsByReceiptNumber(db, number);
  if (others.length > 0) return { kind: "payments", number };
  return payment ? { kind: "payment", paymentId: payment.id } : { ...NONE, searched: "receipt" };
}

export async function listPaymentsByReceiptNumber(db: Db, number: string): Promise<FoundPayments> {
  return { payments: (await selectPaymentsByReceiptNumber(db, number)).map(paymentListItemOf), isMore: false };
}

async function findByAddress(
  db: Db,
  { emailHash, now }: { emailHash: string | null; now: Date },
): Promise<PeopleSearchOutcome> {
  const none = { ...NONE, searched: "address" } as const;
  if (emailHash === null) return none;
  const supporterId = await findAddressOwner(db, emailHash);
  if (supporterId) return { kind: "supporter", supporterId };
  const seat = await findFreeSeatGivenTo(db, emailHash);
  return seat && seat.until > now ? { kind: "seat" } : none;
}

async function findByStripeId(db: Db, { id, prefix }: { id: string; prefix: string }): Promise<PeopleSearchOutcome> {
  const none = { ...NONE, searched: "stripe" } as const;
  if (prefix === "cus" || prefix === "sub") {
    const gift = await findRecurringGiftByStripeId(db, prefix === "cus" ? { customerId: id } : { subscriptionId: id });
    if (!gift) return none;
    if (prefix === "cus" && gift.supporterId) return { kind: "supporter", supporterId: gift.supporterId };
    return { kind: "gift", recurringGiftId: gift.id };
  }
  const key = OF_PAYMENTS[prefix];
  const payment = key ? await findPaymentBy(db, { key, value: id }) : null;
  return payment ? { kind: "payment", paymentId: payment.id } : none;
}

/** The maximum number of payments that a search lists. The query reads one more, to find out if there are more. */
const MAX_PAYMENTS = 50;

export type FoundPayments = { payments: PaymentListItem[]; isMore: boolean };

/**
 * Finds the payments of this amount on this day, newest first. `day`: a day in the newsroom's time zone, such as
 * `2026-11-27`.
 */
export async function findPaymentsByAmountAndDay(
  db: Db,
  { money, day, timeZone }: { money: Money; day: string; timeZone: string },
): Promise<FoundPayments> {
  const bounds = { from: startOfDay(day, timeZone), before: startOfDay(nextDay(day), timeZone) };
  const rows = await selectPaymentsOfAmount(db, { ...money, ...bounds, limit: MAX_PAYMENTS + 1 });
  return { payments: rows.slice(0, MAX_PAYMENTS).map(paymentListItemOf), isMore: rows.length > MAX_PAYMENTS };
}

export function parseDay(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const midday = utcMiddayOf(text);
  return !Number.isNaN(midday.getTime()) && midday.toISOString().startsWith(text) ? text : null;
}

/**
 * Returns the id of the supporter that a typed text identifies, directly or by a payment or recurring gift. Returns
 * null if the text identifies no supporter.
 */
export async function findSupporterIdBySearch(
  db: Db,
  search: Parameters<typeof searchSupportersAndPayments>[1],
): Promise<string | null> {
  const found = await searchSupportersAndPayments(db, search);
  if (found.kind === "supporter") return found.supporterId;
  if (found.kind === "payment") return findSupporterIdOfPayment(db, found.paymentId);
  return found.kind === "gift" ? findSupporterIdOfRecurringGift(db, found.recurringGiftId) : null;
}
