// Normalises e-mail addresses, because the site identifies a person by their address. Without this, the owner of a
// look-alike address could get a supporter's sign-in link.
import { domainToASCII, domainToUnicode } from "node:url";

/** A normalised e-mail address, as only parseEmailAddress() returns it. */
export type EmailAddress = string & { readonly isEmailAddress: true };

export type ParseEmailAddressResult =
  | { kind: "address"; address: EmailAddress }
  | { kind: "refused"; reason: "not-an-address" | "too-long" };

/** The limits in bytes from RFC 5321, 4.5.3.1, for the whole address and for the part before the `@`. */
const MAX_BYTES = 254;
const MAX_LOCAL_BYTES = 64;
/**
 * Matches the part before the `@`. It accepts the characters that an HTML e-mail field accepts there. It also accepts
 * letters, digits and marks beyond ASCII.
 */
const LOCAL = /^[\w.!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+$/u;
/**
 * A domain must not contain any of these characters. domainToASCII() parses its input as the host of a URL, and would
 * cut or change such a domain.
 */
const NO_DOMAIN = /[\s/:?#@\\%[\]]/;
const ASCII_DOMAIN = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * Parses and normalises an e-mail address. Ignores upper and lower case before the `@`, as all common e-mail services
 * do.
 */
export function parseEmailAddress(text: string): ParseEmailAddressResult {
  const folded = fold(text.trim());
  const at = folded.lastIndexOf("@");
  const [local, domain] = [folded.slice(0, Math.max(at, 0)), asciiDomain(folded.slice(at + 1))];
  if (!LOCAL.test(local) || domain === null) return { kind: "refused", reason: "not-an-address" };
  const address = `${local}@${domain}`;
  if (bytes(local) > MAX_LOCAL_BYTES || bytes(address) > MAX_BYTES) return { kind: "refused", reason: "too-long" };
  return { kind: "address", address: address as EmailAddress };
}

/**
 * Returns the address with a domain such as `xn--e1afmkfd.xn--p1ai` in its own script. The address must contain an `@`.
 */
export function formatEmailAddress(address: string): string {
  const at = address.lastIndexOf("@");
  return `${address.slice(0, at)}@${domainToUnicode(address.slice(at + 1))}`;
}

/**
 * Normalises characters and converts them to lower case. Does this twice, because lower-casing can produce characters
 * that NFKC changes again.
 */
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
