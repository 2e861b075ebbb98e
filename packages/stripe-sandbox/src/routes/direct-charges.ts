// Creates charges without a payment intent, as older API versions do.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, SimulatedStripeError } from "../http/errors";
import { METADATA_PARAM, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import {
  boolean,
  declareUnsupportedParams,
  email,
  integer,
  requiredParam,
  text,
  unsupportedParam,
} from "../http/params";
import { type Route, requireObject, route } from "../http/route";
import { findMinimumChargeIfAmountIsBelow, formatMoney } from "../money";
import { scheduleAuthorizationRelease } from "../payment-flows/capture";
import { bookChargeToBalance } from "../payment-flows/settle-charge";
import { createCharge } from "../resources/charges";
import { CARD_SOURCE_PARAM, findOrCreateCardToCharge } from "../resources/customer-sources";
import { checkPriceData } from "../resources/price-object";
import { SHIPPING_PARAM, shippingOf } from "../resources/shipping";
import { needsAuthentication, type TestCard } from "../test-cards";

const NEW_CHARGE = {
  amount: requiredParam(integer({ min: 0 })),
  application_fee_amount: unsupportedParam(),
  ...declareUnsupportedParams("application_fee radar_options"),
  capture: boolean(),
  currency: requiredParam(text({ max: 3 })),
  customer: text(),
  description: text(),
  destination: unsupportedParam(),
  metadata: METADATA_PARAM,
  on_behalf_of: unsupportedParam(),
  receipt_email: email(),
  shipping: SHIPPING_PARAM,
  source: CARD_SOURCE_PARAM,
  statement_descriptor: text({ max: 22 }),
  statement_descriptor_suffix: text({ max: 22 }),
  transfer_data: unsupportedParam(),
  transfer_group: text(),
};

function create(account: Account, params: ParsedParams<typeof NEW_CHARGE>): Stripe.Charge {
  checkAmount(params);
  const customer = params.customer
    ? requireObject(account, "customer", { id: params.customer, noun: "customer", param: "customer" })
    : null;
  const method = findOrCreateCardToCharge(account, params.source ?? null, customer);
  const instrument = account.internalState<"payment_method">(method.id);
  const decline = "card" in instrument ? declineOf(instrument.card) : null;
  const isHeld = params.capture === false;
  const charge = createCharge(account, {
    params: {
      amount: params.amount,
      currency: params.currency.toLowerCase(),
      customer: customer?.id ?? null,
      description: params.description ?? null,
      intent: null,
      metadata: withoutEmptyValues(params.metadata),
      receipt_email: params.receipt_email ?? null,
      shipping: params.shipping ? shippingOf(params.shipping) : null,
      statement_descriptor: params.statement_descriptor ?? null,
      statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
      transfer_group: params.transfer_group ?? null,
    },
    method,
    decision: decline ? { kind: "declined", decline } : { kind: isHeld ? "held" : "captured" },
    authentication: null,
  });
  account.emit(decline ? "charge.failed" : "charge.succeeded", charge);
  if (decline) throw declined(charge, decline);
  return isHeld ? scheduleAuthorizationRelease(account, charge) : bookChargeToBalance(account, charge);
}

function checkAmount({ amount, currency }: { amount: number; currency: string }): void {
  checkPriceData({ currency, unit_amount: amount }, "");
  const least = findMinimumChargeIfAmountIsBelow({ amount, currency: currency.toLowerCase() });
  if (!least) return;
  const code = "amount_too_small";
  throw invalidRequest(`Amount must be at least ${formatMoney(least)}`, { code, param: "amount" });
}

/**
 * Returns the card's decline, or null. A card that requires 3-D Secure is declined, because no payer is present to
 * authenticate.
 */
function declineOf(card: TestCard) {
  if (card.decline || !needsAuthentication(card, { onSession: true })) return card.decline;
  const message = "Your card was declined. This transaction requires authentication.";
  return { code: "authentication_required", declineCode: "authentication_required", message };
}

/** Returns the error of a declined charge. Despite the error, the failed charge stays stored. */
function declined(
  charge: Stripe.Charge,
  { code, declineCode, message }: NonNullable<TestCard["decline"]>,
): SimulatedStripeError {
  const more = { charge: charge.id, decline_code: declineCode };
  return new SimulatedStripeError({ status: 402, type: "card_error", code, message, more, keepsState: true });
}

export const chargeCreateRoutes: Route[] = [route("POST /v1/charges", NEW_CHARGE, create)];
