import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { mergeDefinedFields } from "./merge-fields";
export const EMPTY_CANCELLATION_DETAILS: Stripe.Subscription.CancellationDetails = {
  comment: null,
  feedback: null,
  feedback_option: null,
  reason: null,
};

type Cancellation = {
  cancel_at?: number | null;
  cancel_at_period_end?: boolean | null;
  cancellation_details?: Partial<Stripe.Subscription.CancellationDetails> | null;
};

export function withCancellationParams(account: Account, current: Stripe.Subscription, input: Cancellation) {
  const details = mergeDefinedFields(
    { ...EMPTY_CANCELLATION_DETAILS, ...current.cancellation_details },
    input.cancellation_details,
  );
  const atEnd = input.cancel_at_period_end;
  const periodEnd = Math.min(...current.items.data.map((item) => item.current_period_end));
  if (typeof input.cancel_at === "number" && input.cancel_at <= account.now()) throw mustBeInFutureError("cancel_at");
  if (typeof input.cancel_at === "number") return leaving(account, current, { details, at: input.cancel_at });
  if (atEnd && !current.cancel_at_period_end) return leaving(account, current, { details, at: periodEnd, atEnd });
  if (input.cancel_at === null || (atEnd === false && current.cancel_at_period_end)) return staying(current);
  return input.cancellation_details ? { ...current, cancellation_details: details } : current;
}

export function mustBeInFutureError(param: string) {
  return invalidRequest("Invalid timestamp: must be an integer Unix timestamp in the future.", { param });
}

function leaving(
  account: Account,
  current: Stripe.Subscription,
  { details, at, atEnd = false }: { details: Stripe.Subscription.CancellationDetails; at: number; atEnd?: boolean },
): Stripe.Subscription {
  return {
    ...current,
    cancel_at: at,
    cancel_at_period_end: atEnd,
    canceled_at: account.now(),
    cancellation_details: { ...details, reason: "cancellation_requested" },
  };
}

function staying(current: Stripe.Subscription): Stripe.Subscription {
  const cancellation_details = EMPTY_CANCELLATION_DETAILS;
  return { ...current, cancel_at: null, cancel_at_period_end: false, canceled_at: null, cancellation_details };
}

/** Cancels the subscription at once. Nothing is refunded, and the subscription cannot be reactivated. */
export function cancelNow(
  account: Account,
  subscription: Stripe.Subscription,
  input?: Partial<Stripe.Subscription.CancellationDetails>,
): Stripe.Subscription {
  const now = account.now();
  const details = mergeDefinedFields({ ...EMPTY_CANCELLATION_DETAILS, ...subscription.cancellation_details }, input);
  const canceled: Stripe.Subscription = {
    ...subscription,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: subscription.canceled_at ?? now,
    cancellation_details: { ...details, reason: details.reason ?? "cancellation_requested" },
    ended_at: now,
    status: "canceled",
  };
  account.put(canceled);
  stopCollecting(account, subscription.id);
  account.emit("customer.subscription.deleted", canceled);
  return canceled;
}

/**
 * Stops automatic attempts to collect the subscription's draft and open invoices. A payer can still pay the open ones.
 */
function stopCollecting(account: Account, subscription: string): void {
  const open = account.list("invoice", { where: { subscription, "$.status": { anyOf: ["draft", "open"] } } });
  for (const invoice of open) account.put({ ...invoice, auto_advance: false, next_payment_attempt: null });
}
