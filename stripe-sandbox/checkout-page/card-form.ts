// What was typed on the Checkout page: fields → a card that can be charged, or a reason beside each wrong field.
import type { FormMap } from "../http/form";
import type { CheckoutForm } from "../stories/pay-checkout";
import { testCardByNumber } from "../test-cards";
import type { Words } from "./words";

export const FIELDS = ["email", "cardNumber", "cardExpiry", "cardCvc", "billingName"] as const;
export type Field = (typeof FIELDS)[number];
export type Typed = Record<Field, string>;
export type Reasons = Partial<Record<Field, keyof Words["errors"]>>;

export type CardFormResult = { kind: "ready"; form: CheckoutForm } | { kind: "refused"; reasons: Reasons };

export function readTyped(form: FormMap): Typed {
  const typed = FIELDS.map((name) => [name, typeof form[name] === "string" ? form[name].trim().slice(0, 200) : ""]);
  return Object.fromEntries(typed);
}

export function parseCardForm(typed: Typed, now: number): CardFormResult {
  const number = typed.cardNumber.replace(/[\s-]/g, "");
  const expiry = parseExpiry(typed.cardExpiry);
  const reasons: Reasons = {
    email: reasonForEmail(typed.email),
    cardNumber: reasonForNumber(number),
    cardExpiry: reasonForExpiry(typed.cardExpiry, expiry, now),
    cardCvc: reasonForCvc(typed.cardCvc, number),
    billingName: typed.billingName ? undefined : "billingNameMissing",
  };
  if (!expiry || Object.values(reasons).some(Boolean)) return { kind: "refused", reasons };
  const card = testCardByNumber(number);
  const { email, billingName: name } = typed;
  return { kind: "ready", form: { card, email, name, expiryMonth: expiry.month, expiryYear: expiry.year } };
}

function reasonForEmail(email: string): Reasons["email"] {
  if (!email) return "emailMissing";
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? undefined : "emailInvalid";
}

function reasonForNumber(number: string): Reasons["cardNumber"] {
  if (!number) return "cardNumberMissing";
  return /^\d{13,19}$/.test(number) && passesLuhn(number) ? undefined : "cardNumberInvalid";
}

function passesLuhn(number: string): boolean {
  const digits = [...number].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

interface Expiry {
  month: number;
  year: number;
}

/** "12 / 34", "12/2034" or "1234". */
function parseExpiry(text: string): Expiry | null {
  const match = /^(\d{1,2})\s*\/\s*(\d{2}|\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text);
  if (!match) return null;
  const month = Number(match[1]);
  const year = Number(match[2]);
  return month >= 1 && month <= 12 ? { month, year: year < 100 ? 2000 + year : year } : null;
}

function reasonForExpiry(text: string, expiry: Expiry | null, now: number): Reasons["cardExpiry"] {
  if (!text) return "cardExpiryMissing";
  if (!expiry) return "cardExpiryInvalid";
  const firstSecondAfter = Date.UTC(expiry.year, expiry.month, 1) / 1000;
  return firstSecondAfter <= now ? "cardExpiryPast" : undefined;
}

function reasonForCvc(cvc: string, number: string): Reasons["cardCvc"] {
  if (!cvc) return "cardCvcMissing";
  const digits = /^3[47]/.test(number) ? 4 : 3;
  return new RegExp(`^\\d{${digits}}$`).test(cvc) ? undefined : "cardCvcInvalid";
}
