// Charges and the balance transactions that settle them. A card's charge is captured a moment before its balance
// transaction exists: `charge.succeeded` has null, `charge.updated` its id. A bank debit's exists from the start.
import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import type { Decline } from "../test-cards";
import { type Authentication, methodDetails, outcomeOf } from "./charge-details";

/** The payment intent to charge for, or the parameters of a charge without one. */
export interface Asked
  extends Pick<
    Stripe.PaymentIntent,
    | "amount"
    | "currency"
    | "customer"
    | "description"
    | "metadata"
    | "receipt_email"
    | "shipping"
    | "statement_descriptor"
    | "statement_descriptor_suffix"
    | "transfer_group"
  > {
  intent: string | null;
}

export type Answer = { kind: "captured" | "held" | "pending" } | { kind: "declined"; decline: Decline };

export type NewCharge = {
  asked: Asked;
  method: Stripe.PaymentMethod;
  answer: Answer;
  /** How 3-D Secure was passed before the charge. */
  authentication: Authentication;
};

const PREFIX = "STRIPE SANDBOX";

export function createCharge(
  account: Account,
  { asked: requested, method, answer, authentication }: NewCharge,
): Stripe.Charge {
  const id = account.newId(method.card ? "ch_" : "py_");
  const decline = answer.kind === "declined" ? answer.decline : null;
  const { kind } = answer;
  const instrument = account.internalState<"payment_method">(method.id);
  const card = "card" in instrument ? instrument.card : null;
  const isHeld = kind === "held";
  const charge: Stripe.Charge = {
    id,
    object: "charge",
    amount: requested.amount,
    amount_captured: kind === "captured" ? requested.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { ...method.billing_details },
    calculated_statement_descriptor: descriptorOf(requested),
    captured: kind === "captured",
    created: account.now(),
    currency: requested.currency,
    customer: idOf(requested.customer),
    description: requested.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: account.livemode,
    metadata: { ...requested.metadata },
    on_behalf_of: null,
    outcome: kind === "pending" ? outcomeOf(null, null) : outcomeOf(card, decline),
    paid: kind === "captured" || isHeld,
    payment_intent: requested.intent,
    payment_method: method.id,
    payment_method_details: methodDetails(account, { method, amount: requested.amount, authentication, isHeld }),
    radar_options: {},
    receipt_email: requested.receipt_email,
    receipt_number: null,
    receipt_url: decline || kind === "pending" ? null : receiptUrlOf(account, id),
    refunded: false,
    review: null,
    shipping: requested.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: requested.statement_descriptor,
    statement_descriptor_suffix: requested.statement_descriptor_suffix,
    status: STATUS[kind],
    transfer_data: null,
    transfer_group: requested.transfer_group,
  };
  account.put(charge);
  return charge;
}

const STATUS = { captured: "succeeded", held: "succeeded", pending: "pending", declined: "failed" } as const;

export function receiptUrlOf(account: Account, charge: string): string {
  return `${account.baseUrl}/receipts/${charge}`;
}

export function descriptorOf({
  statement_descriptor: whole,
  statement_descriptor_suffix: suffix,
}: Pick<Asked, "statement_descriptor" | "statement_descriptor_suffix">): string {
  return (whole ?? (suffix ? `${PREFIX}* ${suffix}` : PREFIX)).slice(0, 22).trimEnd();
}

export function askedBy(intent: Stripe.PaymentIntent): Asked {
  return { ...intent, intent: intent.id };
}
