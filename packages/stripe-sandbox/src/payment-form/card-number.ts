export type CardBrand = "amex" | "diners" | "discover" | "jcb" | "mastercard" | "unionpay" | "visa";

const BRANDS: [CardBrand, RegExp][] = [
  ["amex", /^3[47]/],
  ["diners", /^3(0|6|8)/],
  ["jcb", /^35/],
  ["visa", /^4/],
  ["mastercard", /^(5[1-5]|2[2-7])/],
  ["unionpay", /^62/],
  ["discover", /^6/],
];

export function cardBrandOf(number: string): CardBrand | null {
  return BRANDS.find(([, starts]) => starts.test(number))?.[0] ?? null;
}

export function withoutSeparators(typed: string): string {
  return typed.replace(/[\s-]/g, "");
}

export function isPossibleCardNumber(number: string): boolean {
  return /^\d{13,19}$/.test(number) && passesLuhn(number);
}

function passesLuhn(number: string): boolean {
  const digits = [...number].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

export function isCvcFor(cvc: string, number: string): boolean {
  return new RegExp(`^\\d{${cardBrandOf(number) === "amex" ? 4 : 3}}$`).test(cvc);
}

export type Expiry = {
  month: number;
  year: number;
};

/** Parses "12 / 34", "12/2034" or "1234". */
export function parseExpiry(text: string): Expiry | null {
  const match = /^(\d{1,2})\s*\/\s*(\d{2}|\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text);
  if (!match) return null;
  const month = Number(match[1]);
  const year = Number(match[2]);
  return month >= 1 && month <= 12 ? { month, year: year < 100 ? 2000 + year : year } : null;
}

/** Returns true after the end of the expiry month. */
export function isExpired({ year, month }: Expiry, now: number): boolean {
  return Date.UTC(year, month, 1) / 1000 <= now;
}
