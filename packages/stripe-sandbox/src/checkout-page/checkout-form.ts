import type Stripe from "stripe";
import { decimalsOf, findMinimumChargeIfAmountIsBelow } from "../money";
import type { PayCheckoutInput } from "../payment-flows/pay-checkout";
import { type MethodDetailsResult, parseMethodDetails } from "../payment-form/method-details";
import { type FieldErrors, isEmail, type SubmittedFields } from "../payment-form/read-form";
import { addressOf } from "../resources/address";
import type { DetailsCollectedFromPayer } from "../resources/collected-details";
import { hasCustomUnitAmount } from "../resources/session-lines";
import type { OfferedPaymentMethodType } from "../resources/session-methods";
import { COUNTRIES, COUNTRIES_REQUIRING_POSTAL_CODE } from "./countries";

type Session = Stripe.Checkout.Session;

export type CheckoutFormResult = { kind: "ready"; form: PayCheckoutInput } | { kind: "refused"; reasons: FieldErrors };

export type CheckoutFormContext = {
  session: Session;
  lines: Stripe.LineItem[];
  now: number;
};

export function parseCheckoutForm(typed: SubmittedFields, context: CheckoutFormContext): CheckoutFormResult {
  const { session } = context;
  const methodDetails = asksForPaymentMethod(session) ? methodDetailsIn(typed, context) : NO_METHOD;
  const collected = readCollectedDetails(typed, context);
  const reasons: FieldErrors = {
    ...contactReasons(typed, session),
    ...(methodDetails.kind === "refused" ? methodDetails.reasons : {}),
    ...addressReasons(typed, session),
    ...answerReasons(typed, session),
    ...amountReasons(collected, context),
    ...consentReasons(typed, session),
  };
  if (methodDetails.kind === "refused" || Object.keys(reasons).length > 0) return { kind: "refused", reasons };
  return {
    kind: "ready",
    form: { methodDetails: methodDetails.methodDetails, collected: { ...collected, name: methodDetails.name } },
  };
}

const NO_METHOD = { kind: "ready", methodDetails: null, name: null } as const;

export function asksForPaymentMethod({ mode, amount_total, payment_method_collection: collection }: Session): boolean {
  return !(mode === "subscription" && amount_total === 0 && collection === "if_required");
}

function methodDetailsIn(typed: SubmittedFields, { session, now }: CheckoutFormContext): MethodDetailsResult {
  const restrictions = session.payment_method_options?.card?.restrictions;
  const blocked = {
    brands: restrictions?.brands_blocked ?? [],
    fundings: restrictions?.funding_types_blocked ?? [],
  };
  return parseMethodDetails(typed, {
    offered: session.payment_method_types as OfferedPaymentMethodType[],
    now,
    blocked,
  });
}

export function readCollectedDetails(
  typed: SubmittedFields,
  { session, lines }: CheckoutFormContext,
): DetailsCollectedFromPayer {
  const text = (name: string) => typed[name] || null;
  const answers = session.custom_fields.map(({ key }) => [key, typed[`custom_${key}`] ?? ""]);
  return {
    email: text("email"),
    name: text("billingName"),
    phone: text("phone"),
    address: addressIn(typed),
    individualName: text("individualName"),
    businessName: text("businessName"),
    answers: Object.fromEntries(answers.filter(([, answer]) => answer !== "")),
    acceptsTerms: typed.termsOfService === "true",
    wantsPromotions: session.consent_collection?.promotions === "auto" ? typed.promotions === "true" : null,
    savesMethod: maySaveMethod(session) && typed.saveMethod === "true",
    quantities: quantitiesIn(typed, lines),
    customAmount: typed.customAmount === undefined ? null : parseAmount(typed.customAmount, session.currency ?? "usd"),
  };
}

export function maySaveMethod({ saved_payment_method_options: options }: Session): boolean {
  return options?.payment_method_save === "enabled";
}

function addressIn({ country, line1, line2, city, state, postalCode }: SubmittedFields): Stripe.Address | null {
  if (!country) return null;
  const whole = { line1: line1 || null, line2: line2 || null, city: city || null, state: state || null };
  return addressOf({ ...whole, country, postal_code: postalCode || null });
}

function quantitiesIn(typed: SubmittedFields, lines: Stripe.LineItem[]): Record<string, number> {
  const adjustable = lines.filter(({ adjustable_quantity }) => adjustable_quantity?.enabled);
  const quantities = adjustable.map(({ id }) => [id, typed[`quantity_${id}`] ?? ""] as const);
  return Object.fromEntries(
    quantities.filter(([, text]) => /^\d{1,6}$/.test(text)).map(([id, text]) => [id, Number(text)]),
  );
}

/**
 * Parses "12", "12.5" or "12,50" into the currency's minor units. Returns null for other text, and for more decimals
 * than the currency has.
 */
export function parseAmount(text: string, currency: string): number | null {
  const decimals = decimalsOf(currency);
  const match = /^(\d{1,10})(?:[.,](\d{1,3}))?$/.exec(text.replace(/\s/g, ""));
  if (!match || (match[2]?.length ?? 0) > decimals) return null;
  return Number(`${match[1]}${(match[2] ?? "").padEnd(decimals, "0")}`);
}

function contactReasons(typed: SubmittedFields, session: Session): FieldErrors {
  const reasons: FieldErrors = {};
  if (!typed.email) reasons.email = "required";
  else if (!isEmail(typed.email)) reasons.email = "email";
  if (session.phone_number_collection?.enabled && !/^\+?[\d\s()-]{6,20}$/.test(typed.phone ?? ""))
    reasons.phone = typed.phone ? "phone" : "required";
  const { individual, business } = session.name_collection ?? {};
  if (individual?.enabled && !individual.optional && !typed.individualName) reasons.individualName = "required";
  if (business?.enabled && !business.optional && !typed.businessName) reasons.businessName = "required";
  return reasons;
}

/**
 * Returns the errors in the billing address. If the session requires no address, the form may lack the country field. A
 * page that asks for no payment method has no country field, and a script can send the form without it.
 */
function addressReasons(typed: SubmittedFields, session: Session): FieldErrors {
  const whole = session.billing_address_collection === "required";
  const reasons: FieldErrors = {};
  const country = typed.country ?? "";
  if ((whole || typed.country !== undefined) && !COUNTRIES.includes(country)) reasons.country = "required";
  if (whole && !typed.line1) reasons.line1 = "required";
  if (COUNTRIES_REQUIRING_POSTAL_CODE.includes(country) && !typed.postalCode) reasons.postalCode = "required";
  if (whole && !typed.city) reasons.city = "required";
  return reasons;
}

function answerReasons(typed: SubmittedFields, session: Session): FieldErrors {
  const reasons: FieldErrors = {};
  for (const field of session.custom_fields) {
    const name = `custom_${field.key}`;
    const reason = reasonForAnswer(field, typed[name] ?? "");
    if (reason) reasons[name] = reason;
  }
  return reasons;
}

function reasonForAnswer(field: Stripe.Checkout.Session.CustomField, answer: string): FieldErrors[string] | null {
  if (!answer) return field.optional ? null : "required";
  if (field.dropdown) return field.dropdown.options.some(({ value }) => value === answer) ? null : "required";
  if (field.numeric && !/^\d+$/.test(answer)) return "digits";
  const { minimum_length: least, maximum_length: most } = field.text ?? field.numeric ?? {};
  return answer.length < (least ?? 0) || answer.length > (most ?? 255) ? "length" : null;
}

function amountReasons(
  { quantities, customAmount }: DetailsCollectedFromPayer,
  { session, lines }: CheckoutFormContext,
): FieldErrors {
  const reasons: FieldErrors = {};
  for (const { id, adjustable_quantity: bounds } of lines) {
    const quantity = quantities[id];
    if (quantity !== undefined && bounds && (quantity < (bounds.minimum ?? 0) || quantity > (bounds.maximum ?? 99)))
      reasons[`quantity_${id}`] = "amount";
  }
  const own = lines.find(hasCustomUnitAmount)?.price?.custom_unit_amount;
  if (!own) return reasons;
  const isInBounds =
    customAmount !== null && customAmount >= (own.minimum ?? 1) && customAmount <= (own.maximum ?? 99_999_999);
  return isInBounds && !findMinimumChargeIfAmountIsBelow({ amount: customAmount, currency: session.currency ?? "usd" })
    ? reasons
    : { ...reasons, customAmount: "amount" };
}

function consentReasons(typed: SubmittedFields, session: Session): FieldErrors {
  const asks = session.consent_collection?.terms_of_service === "required";
  return asks && typed.termsOfService !== "true" ? { termsOfService: "terms" } : {};
}
