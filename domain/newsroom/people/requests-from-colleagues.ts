// Stores a colleague's request to change a payment, gift or supporter. A form that is sent twice causes only one
// request. If the request needs a call to Stripe, the site makes the call afterwards.
import type { StaffRequest } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import { type Money, moneyColumns, moneyOf } from "../../money";
import type { Colleague } from "../staff/colleagues";
import type { StaffActReason, StaffReason } from "./reasons";
import {
  planRefund,
  planTypedRefund,
  type RefundApprovalSetting,
  type RefundPlan,
  type RefundPlanOrRefusal,
  type RefundRefusal,
} from "./refund";
import {
  findOpenRequestFromColleague,
  findPaymentById,
  findRequestFromColleague,
  insertRequestFromColleague,
  selectRequestsFromColleaguesPastExpiry,
  updateRequestFromColleague,
} from "./store/requests-from-colleagues";

export type { StaffRequest };
export type RequestFromColleagueStatus =
  | "waiting"
  | "asking"
  | "done"
  | "refused"
  | "unanswered"
  | "declined"
  | "expired";

const HOUR_MS = 60 * 60 * 1000;
const WAITS_MS = 7 * 24 * HOUR_MS;
/** If Stripe has not answered a refund after this time, a background job calls Stripe again. */
const ASK_AGAIN_MS = 30_000;
/**
 * If Stripe has not answered a colleague's change of a recurring gift after this time, colleagues can request another
 * change.
 */
const GIFT_ANSWER_MS = 60_000;

type Base = { id: string; colleague: Colleague; why: StaffReason<StaffActReason>; now: Date };
export type NewRefundRequestFromColleague = Base & {
  paymentId: string;
  amountText: string;
  /**
   * The kept amount of the payment when the form was rendered. If this amount has changed, the request is refused as
   * `stale`.
   */
  shownKeptMinor: number;
  endsGift: boolean;
  publication: RefundApprovalSetting;
};

/**
 * The reasons for refusing a refund request. `stale`: the kept amount of the payment has changed since the form was
 * rendered. `under-way`: another refund of the payment waits for a colleague or Stripe.
 */
export const REFUND_REQUEST_REFUSALS = [
  "missing",
  "not-a-number",
  "negative",
  "unclear-separator",
  "other-currency",
  "too-many-decimals",
  "zero",
  "too-large-to-read",
  "too-much",
  "nothing-kept",
  "elsewhere",
  "stale",
  "under-way",
] as const;
export type RefundRequestRefusal = RefundRefusal | (typeof REFUND_REQUEST_REFUSALS)[number];
/** `known`: this form was already sent. `request` is then the request that was stored the first time. */
export type StoreRequestFromColleagueResult =
  | { kind: "new" | "known"; request: StaffRequest }
  | { kind: "refused"; reason: RefundRequestRefusal };

export async function storeRefundRequestFromColleague(
  tx: Tx,
  refund: NewRefundRequestFromColleague,
): Promise<StoreRequestFromColleagueResult> {
  const earlier = await findRequestFromColleague(tx, refund.id);
  if (earlier) return { kind: "known", request: earlier };
  const payment = await findPaymentById(tx, refund.paymentId);
  if (!payment) return { kind: "refused", reason: "nothing-kept" };
  const about = `payment:${payment.id}`;
  if (await findOpenRequestFromColleague(tx, about)) return { kind: "refused", reason: "under-way" };
  const plan = ifShown(planTypedRefund(payment, refund), refund);
  if (plan.kind === "refused") return plan;
  const { now } = refund;
  const waits = plan.needsSecondPerson;
  const request = await insertRequestFromColleague(tx, {
    ...baseOf(refund, about),
    kind: "refund",
    ...moneyColumns(plan.money),
    endsGift: refund.endsGift && payment.recurringGiftId !== null,
    status: waits ? "waiting" : "asking",
    expiresAt: waits ? new Date(now.getTime() + WAITS_MS) : null,
    askAfter: waits ? null : new Date(now.getTime() + ASK_AGAIN_MS),
  });
  return { kind: "new", request };
}

function ifShown(
  plan: RefundPlanOrRefusal,
  { shownKeptMinor }: Pick<NewRefundRequestFromColleague, "shownKeptMinor">,
): RefundPlan | { kind: "refused"; reason: RefundRequestRefusal } {
  const isStale = plan.kind === "plan" && plan.kept.amountMinor !== shownKeptMinor;
  return isStale ? { kind: "refused", reason: "stale" } : plan;
}

/**
 * Why a refund was not confirmed. `same-person`: colleagues cannot confirm their own requests. `over`: the request has
 * expired, or no longer waits for a colleague.
 */
export const CONFIRM_REFUND_REFUSALS = [...REFUND_REQUEST_REFUSALS, "same-person", "over"] as const;
export type ConfirmRefundRefusal = RefundRequestRefusal | "same-person" | "over";
export type ConfirmRefundResult =
  | { kind: "confirmed"; request: StaffRequest }
  | { kind: "refused"; reason: ConfirmRefundRefusal };
type Confirm = Pick<NewRefundRequestFromColleague, "colleague" | "shownKeptMinor" | "publication" | "now"> & {
  id: string;
};

export async function confirmRefundRequest(
  tx: Tx,
  { id, colleague, now, publication, ...shown }: Confirm,
): Promise<ConfirmRefundResult> {
  const request = await findRequestFromColleague(tx, id);
  const refuse = (reason: ConfirmRefundRefusal) => ({ kind: "refused", reason }) as const;
  if (request?.status !== "waiting" || (request.expiresAt && request.expiresAt <= now)) return refuse("over");
  if (request.askedBy === colleague.id) return refuse("same-person");
  const payment = await findPaymentById(tx, idOfRequestedObject(request.about));
  if (!payment) return refuse("nothing-kept");
  const plan = ifShown(planRefund(payment, { money: requestedAmount(request), publication }), shown);
  if (plan.kind === "refused") return refuse(plan.reason);
  const to = {
    status: "asking",
    confirmedBy: colleague.id,
    expiresAt: null,
    askAfter: new Date(now.getTime() + ASK_AGAIN_MS),
  };
  return { kind: "confirmed", request: await updateRequestFromColleague(tx, request, to) };
}

/** Ends a request that waits for a second colleague. Returns null if the request does not wait any more. */
export async function endRequestAwaitingSecondColleague(
  tx: Tx,
  { id, status, now }: { id: string; status: "declined" | "expired"; now: Date },
): Promise<StaffRequest | null> {
  const request = await findRequestFromColleague(tx, id);
  return request?.status === "waiting" ? endRequest(tx, request, { status, now }) : null;
}

export function listRequestsFromColleaguesPastExpiry(db: Db, now: Date): Promise<StaffRequest[]> {
  return selectRequestsFromColleaguesPastExpiry(db, now);
}

/**
 * Ends a request that waits for Stripe's answer (status `asking`). Returns null if the request has another status or
 * does not exist.
 */
export async function endRequestFromColleagueAwaitingStripe(
  tx: Tx,
  { id, ...end }: { id: string; status: RequestFromColleagueStatus; now: Date; code?: string | null },
): Promise<StaffRequest | null> {
  const request = await findRequestFromColleague(tx, id);
  return request?.status === "asking" ? endRequest(tx, request, end) : null;
}

function endRequest(
  tx: Tx,
  request: StaffRequest,
  { status, now, code = null }: { status: RequestFromColleagueStatus; now: Date; code?: string | null },
): Promise<StaffRequest> {
  const over = { openAbout: null, askAfter: null, expiresAt: null, endedAt: now };
  return updateRequestFromColleague(tx, request, { status, code, ...over });
}

export type NewGiftChangeRequestFromColleague = Base & {
  kind: "amount" | "pause" | "resume" | "cancel";
  recurringGiftId: string;
  money: Money | null;
  months: number | null;
};

export async function storeGiftChangeRequestFromColleague(
  tx: Tx,
  change: NewGiftChangeRequestFromColleague,
): Promise<StoreRequestFromColleagueResult> {
  const earlier = await findRequestFromColleague(tx, change.id);
  if (earlier) return { kind: "known", request: earlier };
  const { kind, money, months, now } = change;
  const about = `recurring-gift:${change.recurringGiftId}`;
  const open = await findOpenRequestFromColleague(tx, about);
  const isOld = open && open.askedAt.getTime() <= now.getTime() - GIFT_ANSWER_MS;
  if (open && !isOld) return { kind: "refused", reason: "under-way" };
  if (open) await endRequest(tx, open, { status: "unanswered", now });
  const amount = { amountMinor: money ? BigInt(money.amountMinor) : null, currency: money?.currency ?? null };
  const request = await insertRequestFromColleague(tx, {
    ...baseOf(change, about),
    kind,
    ...amount,
    months,
    status: "asking",
  });
  return { kind: "new", request };
}

/**
 * Stores a colleague's request with the status `done`: it is complete at once and does not wait for Stripe. Returns
 * false if the same form was sent before.
 */
export async function recordRequestFromColleagueDoneAtOnce(
  tx: Tx,
  { kind, about, ...base }: Base & { kind: "address" | "merger"; about: string },
): Promise<boolean> {
  if (await findRequestFromColleague(tx, base.id)) return false;
  const over = { openAbout: null, status: "done", endedAt: base.now };
  await insertRequestFromColleague(tx, { ...baseOf(base, about), ...over, kind });
  return true;
}

function baseOf({ id, colleague, why, now }: Base, about: string) {
  const reason = { why: why.why, words: why.words };
  return { id, about, openAbout: about, ...reason, askedBy: colleague.id, askedAt: now };
}

/** Returns the amount of the request. Throws an error if the request has none. */
export function requestedAmount({ id, amountMinor, currency }: StaffRequest): Money {
  if (amountMinor === null || currency === null) throw new Error(`request ${id} has no amount`);
  return moneyOf(amountMinor, currency);
}

/** Returns the id in `about`: `7Q2H-…` for `payment:7Q2H-…`. */
export function idOfRequestedObject(about: string): string {
  return about.slice(about.indexOf(":") + 1);
}

const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function parseIdOfRequestFromColleague(text: string | null): string | null {
  return text !== null && REQUEST_ID.test(text) ? text : null;
}
