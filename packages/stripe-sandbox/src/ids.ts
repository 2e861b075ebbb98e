import { createHash, randomBytes } from "node:crypto";

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export type IdGenerator = (prefix: string) => string;

export function randomIds(): IdGenerator {
  return (prefix) => prefix + letters(randomBytes(lengthOf(prefix)));
}

export function seededIds(seed: string): IdGenerator {
  let count = 0;
  return idsFromCounter(seed, () => {
    count += 1;
    return count;
  });
}

export function idsFromCounter(seed: string, countUp: (prefix: string) => number): IdGenerator {
  return (prefix) => {
    const bytes = createHash("sha512")
      .update(`${seed}:${prefix}:${countUp(prefix)}`)
      .digest();
    return prefix + letters(bytes.subarray(0, lengthOf(prefix)));
  };
}

function lengthOf(prefix: string): number {
  if (prefix.startsWith("cs_")) return 58;
  if (prefix === "whsec_") return 32;
  return prefix === "cus_" || prefix === "prod_" || prefix === "si_" || prefix === "req_" ? 14 : 24;
}

function letters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join("");
}
