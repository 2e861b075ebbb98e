// Makes a refund that a colleague requested. If the process stops before the end, a background job continues, and no
// step is done twice.
import "server-only";
import { keptMinor } from "../../domain/ledger/payment-standing";
import { recordFacts } from "../../domain/ledger/record";
import { requestRecurringGiftFetch } from "../../domain/ledger/recurring-gifts";
import { amountMinorOf } from "../../domain/money";
import type { StaffActReason } from "../../domain/newsroom/people/reasons";
import { planRefund } from "../../domain/newsroom/people/refund";
import {
  endRequestFromColleagueAwaitingStripe,
  idOfRequestedObject,
  requestedAmount,
} from "../../domain/newsroom/people/requests-from-colleagues";
import {
  findPaymentById,
  updateRequestFromColleague,
} from "../../domain/newsroom/people/store/requests-from-colleagues";
import { findRecurringGiftById } from "../../domain/newsroom/people/store/supporter";
import type { StaffActValues } from "../../domain/newsroom/staff/act-values";
import type { StaffActKind } from "../../domain/newsroom/staff/acts";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import { mayCancel, ownRecurringGift } from "../../domain/supporters/own-recurring-gifts";
import type { Payment, StaffRequest } from "../../generated/sqlite/client";
import { publication } from "../../publication";
import { recordActInAuditLog } from "../auth/staff";
import { backoffUntil } from "../backoff";
import { currentTime } from "../clock";
import type { Db, Tx } from "../database";
import { buildRecordFactsOptions } from "../ledger-context";
import { cancelRecurringGift } from "../recurring-gifts";
import { isStripeRefusal } from "../stripe/ask";
import { stripe } from "../stripe/client";
import { refundFacts } from "../stripe/facts/refund";
import { findRefundByRequestId, type MakeRefundResult, makeRefund } from "../stripe/refund";

/**
 * Makes the refund that a colleague requested, and records the result. `waitingColleague`: the colleague who waits for
 * the result. Null if a background job makes the refund. Throws if Stripe does not respond, or responds with a server
 * error. The request for the refund then stays open.
 */
export async function carryOutRefund(db: Db, request: StaffRequest, waitingColleague: Colleague | null): Promise<void> {
  if (waitingColleague === null) await postpone(db, request);
  const answer = await answerFor(db, request, { isRepeated: waitingColleague === null });
  if (answer.kind === "failed") {
    await db.$transaction((tx) => updateRequestFromColleague(tx, request, { failures: request.failures + 1 }));
    throw new Error(`Stripe failed to make the refund of request ${request.id}`);
  }
  if (answer.kind === "refused")
    return finish(db, {
      request,
      status: "refused",
      colleague: waitingColleague,
      kind: "refund-refused",
      more: { code: answer.code },
    });
  const { refund } = answer;
  await recordFacts(db, { ...buildRecordFactsOptions(currentTime()), facts: refundFacts(refund) });
  await db.$transaction((tx) => updateRequestFromColleague(tx, request, { refundId: refund.id }));
  const code = request.endsGift ? await endGift(db, request) : null;
  const more = { refund: refund.id, ...(code ? { code } : {}) };
  await finish(db, { request, status: "done", colleague: waitingColleague, kind: "payment-refunded", more });
}

async function answerFor(
  db: Db,
  request: StaffRequest,
  { isRepeated }: { isRepeated: boolean },
): Promise<MakeRefundResult> {
  const payment = await findPaymentById(db, idOfRequestedObject(request.about));
  const paymentIntentId = payment?.paymentIntentId;
  if (!payment || !paymentIntentId) return { kind: "refused", code: "no_payment_intent" };
  const at = { requestId: request.id, paymentIntentId };
  const earlierRefund = isRepeated ? await findRefundByRequestId(stripe(), at) : null;
  if (earlierRefund) return { kind: "made", refund: earlierRefund };
  if (isRepeated && !isStillKept(payment, request)) return { kind: "refused", code: "no_longer_kept" };
  const reason = STRIPES_REASONS[request.why as StaffActReason] ?? null;
  return makeRefund(stripe(), { ...at, money: requestedAmount(request), reason, failures: request.failures });
}

/**
 * Returns true if the amount of the refund request can still be refunded. A bank can have taken the money back since
 * the colleague made the request.
 */
function isStillKept(payment: Payment, request: StaffRequest): boolean {
  return planRefund(payment, { money: requestedAmount(request), publication }).kind === "plan";
}

const STRIPES_REASONS = {
  asked: "requested_by_customer",
  mistake: "duplicate",
  fraud: "fraudulent",
  other: null,
} as const satisfies Record<StaffActReason, string | null>;

/**
 * Ends the recurring gift of the refunded payment. If Stripe refuses to end the gift, returns an error code. This does
 * not affect the refund.
 */
async function endGift(db: Db, request: StaffRequest): Promise<"gift_not_ended" | null> {
  const payment = await findPaymentById(db, idOfRequestedObject(request.about));
  const gift = payment?.recurringGiftId ? await findRecurringGiftById(db, payment.recurringGiftId) : null;
  if (!gift || !mayCancel(ownRecurringGift(gift))) return null;
  try {
    await cancelRecurringGift(db, { recurringGiftId: gift.id, key: `staff:end:${request.id}:${request.asks}` });
    return null;
  } catch (error) {
    if (!isStripeRefusal(error)) throw error;
    await requestRecurringGiftFetch(db, { id: gift.id, fetchAfter: currentTime() });
    return "gift_not_ended";
  }
}

type End = Noted & { status: "done" | "refused"; more: RefundResultValues };

/**
 * Ends the refund request. Writes its audit log entry only once, although the page that the colleague waits for and a
 * background job can both get here.
 */
async function finish(db: Db, { request, status, ...noted }: End): Promise<void> {
  await db.$transaction(async (tx) => {
    const code = noted.more.code ?? null;
    const ended = await endRequestFromColleagueAwaitingStripe(tx, { id: request.id, status, now: currentTime(), code });
    if (ended) await recordRefundInAuditLog(tx, { ...noted, request: ended });
  });
}

/**
 * Sets when the background job next asks Stripe for the refund. Call this function before asking Stripe. Otherwise the
 * job could ask a second time while Stripe's first response is still on its way.
 */
async function postpone(db: Db, request: StaffRequest): Promise<void> {
  const asks = request.asks + 1;
  const askAfter = backoffUntil(currentTime(), asks + 1);
  await db.$transaction((tx) => updateRequestFromColleague(tx, request, { asks, askAfter }));
}

type RefundResultValues = Partial<Pick<StaffActValues, "refund" | "code">>;

type Noted = {
  request: StaffRequest;
  kind: Extract<StaffActKind, `refund-${string}` | "payment-refunded">;
  colleague: Colleague | null;
  more?: RefundResultValues;
};

export async function recordRefundInAuditLog(tx: Tx, { request, kind, colleague, more }: Noted): Promise<void> {
  const payment = await findPaymentById(tx, idOfRequestedObject(request.about));
  const { amountMinor, currency } = requestedAmount(request);
  const { id, words, endsGift } = request;
  const why = request.why as StaffActReason;
  const kept = payment ? amountMinorOf(keptMinor(payment)) : null;
  await recordActInAuditLog(tx, {
    colleague,
    kind,
    about: request.about,
    before: { keptMinor: kind === "payment-refunded" && kept !== null ? kept + amountMinor : kept, currency },
    after: { amountMinor, currency, keptMinor: kept, endsGift, why, request: id, ...more },
    ...(words ? { reason: words } : {}),
  });
}
