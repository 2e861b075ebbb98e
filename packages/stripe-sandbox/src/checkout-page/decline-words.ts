// A refusal of the issuer or of Stripe, in the giver's language. The lost and the stolen card are not told apart.
import type { Decline } from "../test-cards";
import type { Words } from "../words/en";
import type { Language } from "../words/languages";

export function declineIn({ words }: Language, { code, declineCode }: Decline): string {
  const { declines } = words;
  if (code.endsWith("authentication_failure")) return declines.authentication;
  return declineCode in declines ? declines[declineCode as keyof Words["declines"]] : declines.generic_decline;
}
