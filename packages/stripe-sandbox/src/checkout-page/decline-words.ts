// A decline by the issuer or Stripe, in the payer's language. Lost and stolen cards get the generic message.
import type { Decline } from "../test-cards";
import type { Words } from "../words/en";
import type { Language } from "../words/languages";

export function declineIn({ words }: Language, { code, declineCode }: Decline): string {
  const { declines } = words;
  if (code.endsWith("authentication_failure")) return declines.authentication;
  return declineCode in declines ? declines[declineCode as keyof Words["declines"]] : declines.generic_decline;
}
