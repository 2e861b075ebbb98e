import type { Messages } from "../locales/en";
import type { Language } from "../locales/languages";
import type { PaymentMethodDecline } from "../test-cards";

export function declineMessage({ messages }: Language, { code, declineCode }: PaymentMethodDecline): string {
  const { declines } = messages;
  if (code.endsWith("authentication_failure")) return declines.authentication;
  return declineCode in declines ? declines[declineCode as keyof Messages["declines"]] : declines.generic_decline;
}
