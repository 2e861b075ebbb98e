// Creates charges. A card charge gets its balance transaction only after `charge.succeeded`; the event `charge.updated`
// then reports it. A bank debit has its balance transaction from the start.
import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import type { PaymentMethodDecline } from "../test-cards";
import { type CardAuthentication, chargedMethodDetails, chargeOutcome } from "./charge-details";

export type ChargeParams = Pick<
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
> & { intent: string | null };

export type InitialChargeState =
  | { kind: "captured" | "held" | "pending" }
  | { kind: "declined"; decline: PaymentMethodDecline };

export type NewCharge = {
  params: ChargeParams;
  method: Stripe.PaymentMethod;
  decision: InitialChargeState;
  authentication: CardAuthentication;
};

const PREFIX = "STRIPE SANDBOX";

export function createCharge(account: Account, { params, method, decision, authentication }: NewCharge): Stripe.Charge {
  const id = account.newId(method.card ? "ch_" : "py_");
  const decline = decision.kind === "declined" ? decision.decline : null;
  const { kind } = decision;
  const instrument = account.internalState<"payment_method">(method.id);
  const card = "card" in instrument ? instrument.card : null;
  const isHeld = kind === "held";
  const charge: Stripe.Charge = {
    id,
    object: "charge",
    amount: params.amount,
    amount_captured: kind === "captured" ? params.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { ...method.billing_details },
    calculated_statement_descriptor: statementDescriptorOf(params),
    captured: kind === "captured",
    created: account.now(),
    currency: params.currency,
    customer: idOf(params.customer),
    description: params.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: account.livemode,
    metadata: { ...params.metadata },
    on_behalf_of: null,
    outcome: kind === "pending" ? chargeOutcome(null, null) : chargeOutcome(card, decline),
    paid: kind === "captured" || isHeld,
    payment_intent: params.intent,
    payment_method: method.id,
    payment_method_details: chargedMethodDetails(account, { method, amount: params.amount, authentication, isHeld }),
    radar_options: {},
    receipt_email: params.receipt_email,
    receipt_number: null,
    receipt_url: decline || kind === "pending" ? null : receiptUrlOf(account, id),
    refunded: false,
    review: null,
    shipping: params.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: params.statement_descriptor,
    statement_descriptor_suffix: params.statement_descriptor_suffix,
    status: STATUS[kind],
    transfer_data: null,
    transfer_group: params.transfer_group,
  };
  account.put(charge);
  return charge;
}

const STATUS = { captured: "succeeded", held: "succeeded", pending: "pending", declined: "failed" } as const;

export function receiptUrlOf(account: Account, charge: string): string {
  return `${account.baseUrl}/receipts/${charge}`;
}

export function statementDescriptorOf({
  statement_descriptor: whole,
  statement_descriptor_suffix: suffix,
}: Pick<ChargeParams, "statement_descriptor" | "statement_descriptor_suffix">): string {
  return (whole ?? (suffix ? `${PREFIX}* ${suffix}` : PREFIX)).slice(0, 22).trimEnd();
}

export function chargeParamsOf(intent: Stripe.PaymentIntent): ChargeParams {
  return { ...intent, intent: intent.id };
}
