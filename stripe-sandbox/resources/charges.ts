// Charges and the balance transactions that settle them. A charge is captured a moment before its balance transaction
// is known: `charge.succeeded` carries null, `charge.updated` the id.
import type Stripe from "stripe";
import type { Account } from "../account";
import { text } from "../http/params";
import { found, listRoute, META, mergeMetadata, type Route, retrieveRoute, route } from "../http/route";
import { feeOn, settle } from "../money";
import { idOf } from "../objects";
import type { Decline, TestCard } from "../test-cards";

export interface NewCharge {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  card: TestCard;
  /** Passed 3-D Secure on the way. */
  authenticated: boolean;
}

export function createCharge(account: Account, { intent, method, card, authenticated }: NewCharge): Stripe.Charge {
  const { decline } = card;
  const id = account.newId("ch_");
  const charge: Stripe.Charge = {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: decline ? 0 : intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { ...method.billing_details },
    calculated_statement_descriptor: "STRIPE SANDBOX",
    captured: !decline,
    created: account.now(),
    currency: intent.currency,
    customer: idOf(intent.customer),
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: account.livemode,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: decline ? declinedOutcome(decline) : AUTHORIZED,
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: "card", card: cardDetails(method, intent.amount, authenticated) },
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: decline ? null : `${account.baseUrl}/receipts/${id}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? "failed" : "succeeded",
    transfer_data: null,
    transfer_group: null,
  };
  account.put(charge);
  return charge;
}

const AUTHORIZED: Stripe.Charge.Outcome = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: "approved_by_network",
  reason: null,
  risk_level: "normal",
  risk_score: 12,
  seller_message: "Payment complete.",
  type: "authorized",
};

function declinedOutcome({ declineCode }: Decline): Stripe.Charge.Outcome {
  const blocked = declineCode === "fraudulent";
  return {
    advice_code: blocked ? "do_not_try_again" : "try_again_later",
    network_advice_code: blocked ? null : "03",
    network_decline_code: blocked ? null : "01",
    network_status: blocked ? "not_sent_to_network" : "declined_by_network",
    reason: blocked ? "highest_risk_level" : declineCode,
    risk_level: blocked ? "highest" : "normal",
    risk_score: blocked ? 92 : 12,
    seller_message: blocked
      ? "Stripe blocked this payment as too risky."
      : "The bank did not return any further details with this decline.",
    type: blocked ? "blocked" : "issuer_declined",
  };
}

function cardDetails(
  method: Stripe.PaymentMethod,
  amount: number,
  authenticated: boolean,
): Stripe.Charge.PaymentMethodDetails.Card {
  const { card } = method;
  if (!card) throw new Error(`${method.id} is not a card`);
  return {
    amount_authorized: amount,
    authorization_code: "123456",
    brand: card.brand,
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: authenticated ? "05" : null,
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
    three_d_secure: authenticated ? AUTHENTICATED : null,
    transaction_link_id: null,
    wallet: null,
  };
}

const AUTHENTICATED: Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure = {
  authentication_flow: "challenge",
  electronic_commerce_indicator: "05",
  exemption_indicator: null,
  result: "authenticated",
  result_reason: null,
  transaction_id: null,
  version: "2.2.0",
};

/** The money reaches the balance: the balance transaction, and `charge.updated` that tells of it. */
export function settleCharge(account: Account, charge: Stripe.Charge): Stripe.Charge {
  const transaction = createBalanceTransaction(account, charge);
  const settled: Stripe.Charge = { ...charge, balance_transaction: transaction.id };
  account.put(settled);
  account.emit("charge.updated", settled, { balance_transaction: null });
  return settled;
}

function createBalanceTransaction(account: Account, charge: Stripe.Charge): Stripe.BalanceTransaction {
  const { amount, currency, exchangeRate } = settle(charge);
  const fee = feeOn({ amount, currency });
  const created = account.now();
  const transaction: Stripe.BalanceTransaction = {
    id: account.newId("txn_"),
    object: "balance_transaction",
    amount,
    available_on: created + 2 * 24 * 3600,
    balance_type: "payments",
    created,
    currency,
    description: charge.description,
    exchange_rate: exchangeRate,
    fee,
    fee_details: [
      { amount: fee, application: null, currency, description: "Stripe processing fees", type: "stripe_fee" },
    ],
    net: amount - fee,
    reporting_category: "charge",
    source: charge.id,
    status: "pending",
    type: "charge",
  };
  account.put(transaction);
  return transaction;
}

export const chargeRoutes: Route[] = [
  retrieveRoute("charge", "/v1/charges", "charge"),
  route("POST /v1/charges/:id", { description: text(), metadata: META }, (account, params, id) => {
    const before = found(account, "charge", id, "charge");
    const description = params.description === undefined ? before.description : params.description;
    const after = { ...before, description, metadata: mergeMetadata(before.metadata, params.metadata) };
    account.put(after);
    account.emit("charge.updated", after);
    return after;
  }),
  listRoute("charge", "/v1/charges", { customer: text(), payment_intent: text() }, (params) => ({
    customer: params.customer,
    payment_intent: params.payment_intent,
  })),
];
