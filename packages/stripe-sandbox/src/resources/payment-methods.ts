// Creates and attaches payment methods. The object of a payment method does not contain the full number of the card or
// account. The stand-in stores the test card or test IBAN in the object's internal state.
import { createHash } from "node:crypto";
import type Stripe from "stripe";
import type { Account } from "../account";
import { SimulatedStripeError } from "../http/errors";
import { requireObject } from "../http/route";
import type { TestCard } from "../test-cards";
import { findTestCardByAlias } from "../test-cards";
import { findTestIban, type TestIban } from "../test-ibans";
import { addressOf } from "./address";

export type BillingDetails = {
  email: string | null;
  name: string | null;
  phone?: string | null;
  address?: Stripe.Address | null;
};

type NewMethod = {
  billing: BillingDetails;
  metadata?: Record<string, string>;
  allowRedisplay?: Stripe.PaymentMethod["allow_redisplay"];
};

export type NewCard = NewMethod & {
  card: TestCard;
  expiryMonth: number;
  expiryYear: number;
};

export type NewBankAccount = NewMethod & {
  iban: TestIban;
};

export function createCardMethod(account: Account, input: NewCard): Stripe.PaymentMethod {
  const method: Stripe.PaymentMethod = { ...methodOf(account, input), card: cardOf(input), type: "card" };
  account.putWithInternalState<"payment_method">(method, { card: input.card });
  return method;
}

export function createDebitMethod(account: Account, input: NewBankAccount): Stripe.PaymentMethod {
  const { iban } = input;
  const sepa: Stripe.PaymentMethod.SepaDebit = {
    bank_code: iban.bankCode,
    branch_code: "",
    country: iban.country,
    fingerprint: fingerprintOf(iban.iban),
    generated_from: { charge: null, setup_attempt: null },
    last4: iban.iban.slice(-4),
  };
  const method: Stripe.PaymentMethod = { ...methodOf(account, input), sepa_debit: sepa, type: "sepa_debit" };
  account.putWithInternalState<"payment_method">(method, { iban, mandate: null });
  return method;
}

function methodOf(account: Account, { billing, metadata = {}, allowRedisplay = "unspecified" }: NewMethod) {
  const { email, name, phone = null, address } = billing;
  return {
    id: account.newId("pm_"),
    object: "payment_method" as const,
    allow_redisplay: allowRedisplay,
    billing_details: { address: address ?? addressOf({}), email, name, phone, tax_id: null },
    created: account.now(),
    customer: null,
    customer_account: null,
    livemode: account.livemode,
    metadata,
  };
}

function cardOf({ card, expiryMonth, expiryYear, billing }: NewCard): Stripe.PaymentMethod.Card {
  const hasPostalCode = Boolean(billing.address?.postal_code);
  return {
    brand: card.brand,
    checks: {
      address_line1_check: billing.address?.line1 ? (card.postalCodeCheck ?? "pass") : null,
      address_postal_code_check: hasPostalCode ? (card.postalCodeCheck ?? "pass") : card.postalCodeCheck,
      cvc_check: card.cvcCheck,
    },
    country: card.country,
    display_brand: networksOf(card)[0] ?? card.brand,
    exp_month: expiryMonth,
    exp_year: expiryYear,
    fingerprint: fingerprintOf(card.number),
    funding: card.funding,
    generated_from: null,
    last4: card.number.slice(-4),
    networks: { available: networksOf(card), preferred: null },
    regulated_status: "unregulated",
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

function networksOf({ brand, coBrand }: TestCard): string[] {
  return coBrand ? [coBrand, brand] : [brand];
}

function fingerprintOf(number: string): string {
  return createHash("sha256").update(number).digest("base64url").replace(/\W|_/g, "").slice(0, 16);
}

export function attachMethod(account: Account, method: Stripe.PaymentMethod, customer: string): Stripe.PaymentMethod {
  refuseUnattachable(account, method);
  const attached: Stripe.PaymentMethod = { ...method, customer };
  account.put(attached);
  account.emit("payment_method.attached", attached);
  return attached;
}

/**
 * Throws the card's decline error if the card cannot be saved. This is the case for a test card that declines charges,
 * unless it has `canBeSaved`.
 */
export function refuseUnattachable(account: Account, method: Stripe.PaymentMethod): void {
  const internalState = account.internalState<"payment_method">(method.id);
  if (!("card" in internalState) || internalState.card.canBeSaved || !internalState.card.decline) return;
  const { code, declineCode, message } = internalState.card.decline;
  throw new SimulatedStripeError({
    status: 402,
    type: "card_error",
    code,
    message,
    more: { decline_code: declineCode },
  });
}

const NOBODY: BillingDetails = { email: null, name: null };

/** Returns the payment method. A test id such as `pm_card_visa` creates a new payment method each time it is used. */
export function findOrCreateMethod(account: Account, id: string, param: string): Stripe.PaymentMethod {
  const card = findTestCardByAlias(id);
  const iban = id === "pm_sepaDebit" ? findTestIban("DE89370400440532013000") : null;
  if (iban) return createDebitMethod(account, { iban, billing: NOBODY });
  if (!card) return requireObject(account, "payment_method", { id, noun: "PaymentMethod", param });
  const expiryYear = new Date(account.now() * 1000).getUTCFullYear() + 1;
  return createCardMethod(account, { card, expiryMonth: 12, expiryYear, billing: NOBODY });
}
