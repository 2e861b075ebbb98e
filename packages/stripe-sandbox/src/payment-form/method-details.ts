import type { MethodDetails } from "../payment-flows/checkout-payer";
import type { OfferedPaymentMethodType } from "../resources/session-methods";
import { testCardByNumber } from "../test-cards";
import { findTestIban } from "../test-ibans";
import { cardBrandOf, isCvcFor, isExpired, isPossibleCardNumber, parseExpiry, withoutSeparators } from "./card-number";
import type { FieldErrors, SubmittedFields } from "./read-form";

export type PaymentMethodRestrictions = {
  offered: OfferedPaymentMethodType[];
  now: number;
  /** Card brands and funding types under Stripe's names. */
  blocked?: { brands: string[]; fundings: string[] };
};

export type MethodDetailsResult =
  | { kind: "ready"; methodDetails: MethodDetails; name: string }
  | { kind: "refused"; reasons: FieldErrors };

export function chosenPaymentMethodType(
  typed: SubmittedFields,
  offered: OfferedPaymentMethodType[],
): OfferedPaymentMethodType {
  return offered.find((type) => type === typed.method) ?? offered[0] ?? "card";
}

export function parseMethodDetails(typed: SubmittedFields, options: PaymentMethodRestrictions): MethodDetailsResult {
  return chosenPaymentMethodType(typed, options.offered) === "card" ? readCard(typed, options) : readDebit(typed);
}

function readCard(typed: SubmittedFields, { now, blocked }: PaymentMethodRestrictions): MethodDetailsResult {
  const number = withoutSeparators(typed.cardNumber ?? "");
  const expiry = parseExpiry(typed.cardExpiry ?? "");
  const name = typed.billingName ?? "";
  const card = testCardByNumber(number);
  const reasons: FieldErrors = {};
  if (!number) reasons.cardNumber = "required";
  else if (!isPossibleCardNumber(number)) reasons.cardNumber = "cardNumber";
  else if (isBlocked(number, card.funding, blocked)) reasons.cardNumber = "cardBrand";
  if (!typed.cardExpiry) reasons.cardExpiry = "required";
  else if (!expiry) reasons.cardExpiry = "cardExpiry";
  else if (isExpired(expiry, now)) reasons.cardExpiry = "cardExpiryPast";
  if (!typed.cardCvc) reasons.cardCvc = "required";
  else if (!isCvcFor(typed.cardCvc, number)) reasons.cardCvc = "cardCvc";
  if (!name) reasons.billingName = "required";
  if (!expiry || Object.keys(reasons).length > 0) return { kind: "refused", reasons };
  return {
    kind: "ready",
    name,
    methodDetails: { kind: "card", card, expiryMonth: expiry.month, expiryYear: expiry.year },
  };
}

const STRIPES_BRANDS: Record<string, string> = { amex: "american_express", discover: "discover_global_network" };

function isBlocked(number: string, funding: string, blocked: PaymentMethodRestrictions["blocked"]): boolean {
  if (!blocked) return false;
  const brand = cardBrandOf(number) ?? "";
  return blocked.brands.includes(STRIPES_BRANDS[brand] ?? brand) || blocked.fundings.includes(funding);
}

function readDebit(typed: SubmittedFields): MethodDetailsResult {
  const iban = findTestIban(typed.iban ?? "");
  const name = typed.accountHolder ?? "";
  const reasons: FieldErrors = {};
  if (!iban) reasons.iban = typed.iban ? "iban" : "required";
  if (!name) reasons.accountHolder = "required";
  if (!iban || Object.keys(reasons).length > 0) return { kind: "refused", reasons };
  return { kind: "ready", name, methodDetails: { kind: "sepa_debit", iban } };
}
