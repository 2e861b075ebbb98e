import type Stripe from "stripe";
import type { Account } from "../account";
import { secondsInDays } from "../bank-days";
import { invalidRequest } from "../http/errors";
import { idOf } from "../objects";
import { statementDescriptorOf } from "../resources/charges";
import { applyOutcomeToSessionAndInvoice } from "./conclude-intent";
import { bookChargeToBalance } from "./settle-charge";

/**
 * Schedules the release of the charge's authorization in seven days. It is released only if the charge has not been
 * captured by then.
 */
export function scheduleAuthorizationRelease(account: Account, charge: Stripe.Charge): Stripe.Charge {
  account.putWithInternalState<"charge">(charge, { dueAt: account.now() + secondsInDays(7), clock: null });
  return charge;
}

export type CaptureParams = {
  /** The amount to capture, in the charge's currency. By default the full amount. */
  amount?: number | null;
  /** The name of the parameter that contained the amount, for error messages. */
  param: string;
  metadata?: Record<string, string>;
  /** New statement descriptors in place of those that were set at authorization. */
  descriptors?: { statement_descriptor?: string | null; statement_descriptor_suffix?: string | null };
};

export function captureCharge(
  account: Account,
  held: Stripe.Charge,
  { amount, param, metadata, descriptors = {} }: CaptureParams,
) {
  const taken = amount ?? held.amount;
  if (held.refunded)
    throw invalidRequest(`Charge ${held.id} has been refunded, so it cannot be captured.`, {
      code: "charge_already_refunded",
    });
  if (taken > held.amount)
    throw invalidRequest("The amount to capture is greater than the amount you can capture for this charge.", {
      code: "amount_too_large",
      param,
    });
  const charge: Stripe.Charge = {
    ...held,
    amount_captured: taken,
    captured: true,
    ...withDescriptors(held, descriptors),
    ...(metadata ? { metadata } : {}),
  };
  account.putWithInternalState<"charge">(charge, { dueAt: null, clock: null });
  account.emit("charge.captured", charge, { amount_captured: 0, captured: false });
  const intent = succeededIntent(account, charge, metadata);
  return { charge: bookChargeToBalance(account, charge), intent };
}

function withDescriptors(held: Stripe.Charge, input: NonNullable<CaptureParams["descriptors"]>) {
  const named = {
    statement_descriptor: input.statement_descriptor ?? held.statement_descriptor,
    statement_descriptor_suffix: input.statement_descriptor_suffix ?? held.statement_descriptor_suffix,
  };
  return { ...named, calculated_statement_descriptor: statementDescriptorOf(named) };
}

function succeededIntent(account: Account, charge: Stripe.Charge, metadata?: Record<string, string>) {
  const id = idOf(charge.payment_intent);
  if (id === null) return null;
  const intent: Stripe.PaymentIntent = {
    ...account.get("payment_intent", id),
    amount_capturable: 0,
    amount_received: charge.amount_captured,
    ...(metadata ? { metadata } : {}),
    status: "succeeded",
  };
  account.put(intent);
  account.emit("payment_intent.succeeded", intent);
  applyOutcomeToSessionAndInvoice(account, { kind: "paid", intent, charge });
  return intent;
}
