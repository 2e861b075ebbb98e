import type Stripe from "stripe";
import type { Account } from "../account";
import { secondsInDays } from "../bank-days";
import { type PaymentMethodDecline, retryAdviceFor, type TestCard } from "../test-cards";
import { findOrCreateMandate } from "./mandates";

export type CardAuthentication = "challenge" | "frictionless" | "attempted" | null;

export type ChargedMethodDetailsInput = {
  method: Stripe.PaymentMethod;
  amount: number;
  authentication: CardAuthentication;
  isHeld: boolean;
};

export function chargedMethodDetails(
  account: Account,
  charged: ChargedMethodDetailsInput,
): Stripe.Charge.PaymentMethodDetails {
  const { method } = charged;
  if (method.sepa_debit) return { type: "sepa_debit", sepa_debit: debitDetails(account, method, method.sepa_debit) };
  return { type: "card", card: cardDetails(account, charged) };
}

function debitDetails(account: Account, method: Stripe.PaymentMethod, sepa: Stripe.PaymentMethod.SepaDebit) {
  const { bank_code, branch_code, country, fingerprint, last4 } = sepa;
  return { bank_code, branch_code, country, fingerprint, last4, mandate: findOrCreateMandate(account, method).id };
}

function cardDetails(account: Account, detailed: ChargedMethodDetailsInput): Stripe.Charge.PaymentMethodDetails.Card {
  const { method, amount, authentication, isHeld } = detailed;
  const { card } = method;
  if (!card) throw new Error(`${method.id} is not a card`);
  return {
    amount_authorized: amount,
    authorization_code: "123456",
    brand: card.brand,
    ...(isHeld ? { capture_before: account.now() + secondsInDays(7) } : {}),
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: authentication && indicatorOf(authentication),
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    extended_authorization: { status: "disabled" },
    fingerprint: card.fingerprint,
    funding: card.funding,
    incremental_authorization: { status: "unavailable" },
    installments: null,
    last4: card.last4,
    mandate: null,
    multicapture: { status: "unavailable" },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: amount, status: "unavailable" },
    regulated_status: "unregulated",
    three_d_secure: authentication && authenticatedBy(authentication),
    transaction_link_id: null,
    wallet: null,
  };
}

/** Returns the code by which card networks report 3-D Secure: 05 for authenticated, 06 for only attempted. */
function indicatorOf(by: NonNullable<CardAuthentication>): "05" | "06" {
  return by === "attempted" ? "06" : "05";
}

function authenticatedBy(by: NonNullable<CardAuthentication>): Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure {
  return {
    authentication_flow: by === "attempted" ? null : by,
    electronic_commerce_indicator: indicatorOf(by),
    exemption_indicator: null,
    result: by === "attempted" ? "attempt_acknowledged" : "authenticated",
    result_reason: null,
    transaction_id: null,
    version: "2.2.0",
  };
}

const RISK_SCORE = { normal: 12, elevated: 68, highest: 92 };

/** Returns the charge's `outcome`. Without a card, as for a bank debit, no risk is assessed. */
export function chargeOutcome(card: TestCard | null, decline: PaymentMethodDecline | null): Stripe.Charge.Outcome {
  const risk = card ? { risk_level: card.risk, risk_score: RISK_SCORE[card.risk] } : { risk_level: "not_assessed" };
  if (decline) return { ...declinedOutcome(decline), ...risk };
  const isWatched = card?.risk === "elevated";
  return {
    ...risk,
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: "approved_by_network",
    reason: isWatched ? "elevated_risk_level" : null,
    seller_message: isWatched ? "Stripe evaluated this payment as having elevated risk." : "Payment complete.",
    type: isWatched ? "manual_review" : "authorized",
  };
}

function declinedOutcome(decline: PaymentMethodDecline): Stripe.Charge.Outcome {
  const { declineCode } = decline;
  const { advice, networkCode } = retryAdviceFor(decline);
  if (declineCode === "fraudulent")
    return {
      advice_code: advice,
      network_advice_code: null,
      network_decline_code: null,
      network_status: "not_sent_to_network",
      reason: "highest_risk_level",
      seller_message: "Stripe blocked this payment as too risky.",
      type: "blocked",
    };
  return {
    advice_code: advice,
    network_advice_code: advice === "do_not_try_again" ? "03" : advice === "confirm_card_data" ? "01" : "02",
    network_decline_code: networkCode,
    network_status: "declined_by_network",
    reason: declineCode,
    seller_message: "The bank did not return any further details with this decline.",
    type: "issuer_declined",
  };
}
