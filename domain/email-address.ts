// Normalises an e-mail address to one spelling, which identifies a person and also receives their mail. So an address that only looks
// like theirs, but belongs to another mailbox, can never open their area.
import { domainToASCII, domainToUnicode } from "node:url";

/** A normalised e-mail address, as only parseEmailAddress() returns it. */
export type EmailAddress = string & { readonly isEmailAddress: true };

export type ParsedEmailAddress =
  | { kind: "address"; address: EmailAddress }
  | { kind: "refused"; reason: "not-an-address" | "too-long" };

/** The limits in bytes of RFC 5321, 4.5.3.1, for the whole address and for the part before the `@`. */
const MAX_BYTES = 254;
const MAX_LOCAL_BYTES = 64;
/** The characters that the HTML standard allows in an e-mail field, and letters, digits and marks beyond ASCII. */
const LOCAL = /^[\w.!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+$/u;
/** Characters that would end the host in a URL. domainToASCII() parses the domain as a URL's host. */
const NO_DOMAIN = /[\s/:?#@\\%[\]]/;
const ASCII_DOMAIN = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * Trims the text, converts the part before the `@` to lower-case NFKC, and converts the domain to ASCII. No common mail service
 * distinguishes upper and lower case.
 */
export function parseEmailAddress(text: string): ParsedEmailAddress {
  const folded = fold(text.trim());
  const at = folded.lastIndexOf("@");
  const [local, domain] = [folded.slice(0, Math.max(at, 0)), asciiDomain(folded.slice(at + 1))];
  if (!LOCAL.test(local) || domain === null) return { kind: "refused", reason: "not-an-address" };
  const address = `${local}@${domain}`;
  if (bytes(local) > MAX_LOCAL_BYTES || bytes(address) > MAX_BYTES) return { kind: "refused", reason: "too-long" };
  return { kind: "address", address: address as EmailAddress };
}

/** The address for display, with the domain in its own script. The address must contain an `@`. */
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
