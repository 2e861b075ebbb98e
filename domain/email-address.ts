// One spelling of an e-mail address, for identity and for delivery. A person is found by the same text that their mail goes to, so
// an address that only looks like theirs leads to their mailbox or nowhere, never to their room from another mailbox.
import { domainToASCII, domainToUnicode } from "node:url";

/** Normalised by `parseEmailAddress`: nothing else makes one. */
export type EmailAddress = string & { readonly isEmailAddress: true };

export type ParsedEmailAddress =
  | { kind: "address"; address: EmailAddress }
  | { kind: "refused"; reason: "not-an-address" | "too-long" };

/** RFC 5321, 4.5.3.1; in bytes. */
const LONGEST = 254;
const LONGEST_LOCAL = 64;
/** What a browser's own e-mail field takes (HTML standard), and beyond ASCII letters, digits and their marks. */
const LOCAL = /^[\w.!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}-]+$/u;
/** `domainToASCII` reads a URL's host: these would end the host or begin something else. */
const NO_DOMAIN = /[\s/:?#@\\%[\]]/;
const ASCII_DOMAIN = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * Spaces around it are dropped. The part before the `@` takes the form NFKC in small letters, the domain its ASCII form. No mail
 * service in use tells small letters from large ones.
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

/** As its owner writes it: the domain in letters. Throws where it has no `@`. */
export function formatEmailAddress(address: string): string {
  const at = address.lastIndexOf("@");
  return `${address.slice(0, at)}@${domainToUnicode(address.slice(at + 1))}`;
}

/** Twice, because lower-casing may leave what NFKC composes. */
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
