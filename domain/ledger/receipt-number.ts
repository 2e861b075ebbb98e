// A payment's id, which is also the number of its receipt. It follows from the fact's key alone, so a ledger rebuilt from Stripe's
// objects gives every payment the number that is already on somebody's paper. Never change the rule once gifts have come.
import { createHash } from "node:crypto";

/** No I, L, O, U and no zero, because they are mistaken for other characters on paper and by telephone. 31 is a prime: see checkOf. */
const CHARACTERS = "123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE = CHARACTERS.length;
/** 59 bits: among a million payments, the chance that two share a number is one in 1.5 million. */
const LENGTH = 12;
/** Separates a number from the further digits of a longer id. It occurs in no number, and may stand in a web address. */
export const LONGER = "~";
const SPACES_AND_DASHES = /[\s\-\u2010-\u2015\u2212]/gu;

/** `factKey`: the key of the payment's entry, `payment:pi_…` or `payment:in_…`. The number looks like `7Q2H-2VTR-4KMB-8`. */
export function receiptNumberOf(factKey: string): string {
  const digits = digitsOf(factKey).slice(0, LENGTH);
  return grouped([...digits, checkOf(digits)]);
}

/**
 * The id of a payment whose number is another payment's id already: the number and more digits of the same hash. On paper both show the
 * same number, so no paper depends on which of the two was recorded first; the day and the amount tell them apart.
 */
export function longerIdOf(factKey: string): string {
  const more = digitsOf(factKey)
    .slice(LENGTH)
    .map((digit) => CHARACTERS.charAt(digit));
  return `${receiptNumberOf(factKey)}${LONGER}${more.join("")}`;
}

/** The number that stands on paper. */
export function numberOnPaper(paymentId: string): string {
  return paymentId.split(LONGER)[0] ?? paymentId;
}

/** The whole hash that a number comes from: 119 bits of it. */
function digitsOf(factKey: string): number[] {
  const hash = createHash("sha256").update(`receipt ${factKey}`).digest("hex").slice(0, 32);
  let rest = BigInt(`0x${hash}`);
  return Array.from({ length: 2 * LENGTH }, () => {
    const digit = Number(rest % BigInt(BASE));
    rest /= BigInt(BASE);
    return digit;
  });
}

/**
 * Returns the number in our spelling. A person may type it in small letters, with or without hyphens, with I or L for 1. Null if
 * the check character does not fit.
 */
export function parseReceiptNumber(typed: string): string | null {
  const plain = typed.replace(SPACES_AND_DASHES, "").toUpperCase().replace(/[IL]/g, "1");
  const digits = Array.from(plain, (character) => CHARACTERS.indexOf(character));
  const [check, ...data] = [digits.at(-1), ...digits.slice(0, -1)];
  if (digits.length !== LENGTH + 1 || digits.includes(-1) || check !== checkOf(data)) return null;
  return grouped(digits);
}

/** Weights each character by its position, modulo a prime. So one wrong character, or two that changed places, always change the result. */
function checkOf(digits: readonly number[]): number {
  return digits.reduce((sum, digit, index) => sum + digit * (index + 1), 0) % BASE;
}

function grouped(digits: readonly number[]): string {
  const characters = digits.map((digit) => CHARACTERS.charAt(digit)).join("");
  return characters.match(/.{1,4}/g)?.join("-") ?? "";
}
