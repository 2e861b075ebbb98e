// A payment's id, which is also the number of its receipt. It is derived only from an id at Stripe. A ledger rebuilt
// from Stripe's objects therefore gives each payment the number that its receipt already has. After the first gift,
// never change how the id is derived.
import { createHash } from "node:crypto";

/**
 * Excludes I, L, O, U and zero, which people confuse with other characters on paper and by phone. 31 is a prime: see
 * checkOf().
 */
const CHARACTERS = "123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE = CHARACTERS.length;
/**
 * Twelve characters hold 59 bits: among a million payments, the chance that two share a number is one in 1.5 million.
 */
const LENGTH = 12;
/**
 * If two payments would have the same number, the second payment's id gets more digits, which follow this character.
 * Receipt numbers never contain it, and URLs can.
 */
export const RECEIPT_NUMBER_COLLISION_SEPARATOR = "~";
const SPACES_AND_DASHES = /[\s\-\u2010-\u2015\u2212]/gu;

/**
 * Returns a receipt number such as `7Q2H-2VTR-4KMB-8`. `entryKey`: the key of the payment's entry, `payment:pi_…` or
 * `payment:in_…`.
 */
export function receiptNumberOf(entryKey: string): string {
  const digits = digitsOf(entryKey).slice(0, LENGTH);
  return grouped([...digits, checkOf(digits)]);
}

/**
 * Returns the id for a payment whose receipt number another payment already has. The caller must check that; this
 * function does not. The id consists of the number and further digits of the same hash. Both receipts show the same
 * number.
 */
export function newPaymentIdIfReceiptNumberTaken(entryKey: string): string {
  const more = digitsOf(entryKey)
    .slice(LENGTH)
    .map((digit) => CHARACTERS.charAt(digit));
  return `${receiptNumberOf(entryKey)}${RECEIPT_NUMBER_COLLISION_SEPARATOR}${more.join("")}`;
}

export function shownReceiptNumber(paymentId: string): string {
  return paymentId.split(RECEIPT_NUMBER_COLLISION_SEPARATOR)[0] ?? paymentId;
}

/** Derives 24 digits in base 31 from a hash of the key. A receipt number uses the first twelve of them. */
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
 * Returns a typed receipt number in its usual form. Accepts lower case, spaces and dashes anywhere, and I or L for 1.
 * Returns null if the number or its check character is wrong.
 */
export function parseReceiptNumber(typed: string): string | null {
  const plain = typed.replace(SPACES_AND_DASHES, "").toUpperCase().replace(/[IL]/g, "1");
  const digits = Array.from(plain, (character) => CHARACTERS.indexOf(character));
  const [check, ...data] = [digits.at(-1), ...digits.slice(0, -1)];
  if (digits.length !== LENGTH + 1 || digits.includes(-1) || check !== checkOf(data)) return null;
  return grouped(digits);
}

/**
 * Returns the check digit: the sum of digits times positions, modulo a prime. One wrong digit or two swapped digits
 * always change it.
 */
function checkOf(digits: readonly number[]): number {
  return digits.reduce((sum, digit, index) => sum + digit * (index + 1), 0) % BASE;
}

function grouped(digits: readonly number[]): string {
  const characters = digits.map((digit) => CHARACTERS.charAt(digit)).join("");
  return characters.match(/.{1,4}/g)?.join("-") ?? "";
}
