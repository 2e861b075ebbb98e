// Normalises an e-mail address to one spelling, for identity and for delivery. A person is found by the same text that their mail
// goes to. So an address that only looks like theirs can never open their area from another mailbox.
import { domainToASCII, domainToUnicode } from "node:url";

/** A normalised address. Only `parseEmailAddress` makes one. */
export type EmailAddress = string & { readonly isEmailAddress: true };

export type ParsedEmailAddress =
  | { kind: "address"; address: EmailAddress }
  | { kind: "refused"; reason: "not-an-address" | "too-long" };

/** RFC 5321, 4.5.3.1: the limits in bytes, for the whole address and for the part before the `@`. */
const LONGEST = 254;
const LONGEST_LOCAL = 64;
/** The characters that the HTML standard allows in an e-mail field, and letters, digits and marks beyond ASCII. */
const LOCAL = /^[\w.!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+$/u;
/** `domainToASCII` parses a URL's host: these characters would end the host. */
const NO_DOMAIN = /[\s/:?#@\\%[\]]/;
const ASCII_DOMAIN = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * Trims the text, folds the part before the `@` to lower-case NFKC, and the domain to ASCII. No mail service in use distinguishes upper
 * and lower case.
 */
export function parseEmailAddress(text: string): ParsedEmailAddress {
  const folded = fold(text.trim());
  const at = folded.lastIndexOf("@");
  const [local, domain] = [folded.slice(0, Math.max(at, 0)), asciiDomain(folded.slice(at + 1))];
  if (!LOCAL.test(local) || domain === null) return { kind: "refused", reason: "not-an-address" };
  const address = `${local}@${domain}`;
  if (bytes(local) > LONGEST_LOCAL || bytes(address) > LONGEST) return { kind: "refused", reason: "too-long" };
  return { kind: "address", address: address as EmailAddress };
}

/** The address for display, with the domain in its own script. Expects an `@`. */
export function formatEmailAddress(address: string): string {
  const at = address.lastIndexOf("@");
  return `${address.slice(0, at)}@${domainToUnicode(address.slice(at + 1))}`;
}

/** Folds twice, because lower-casing can produce characters that NFKC composes. */
function fold(text: string): string {
  const once = text.normalize("NFKC").toLowerCase().normalize("NFKC");
  return once.toLowerCase().normalize("NFKC");
}

function asciiDomain(text: string): string | null {
  if (NO_DOMAIN.test(text)) return null;
  const domain = domainToASCII(text);
  return ASCII_DOMAIN.test(domain) ? domain : null;
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
