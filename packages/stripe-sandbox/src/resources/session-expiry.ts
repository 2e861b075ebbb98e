// Expires Checkout sessions. The recovery link of an expired session is valid for thirty days.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { requireObject } from "../http/route";

const RECOVERABLE_SECONDS = 30 * 24 * 3600;

export function expireCheckoutSession(account: Account, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  const expired: Stripe.Checkout.Session = {
    ...session,
    after_expiration: withRecoveryUrl(account, session),
    client_secret: null,
    status: "expired",
    url: null,
  };
  account.put(expired);
  account.emit("checkout.session.expired", expired);
  return expired;
}

function withRecoveryUrl(account: Account, session: Stripe.Checkout.Session) {
  const recovery = session.after_expiration?.recovery;
  if (!recovery?.enabled) return session.after_expiration;
  const expires_at = account.now() + RECOVERABLE_SECONDS;
  return { recovery: { ...recovery, expires_at, url: `${account.baseUrl}/c/pay/${session.id}/recover` } };
}

export function expireSessionByApi(account: Account, id: string): Stripe.Checkout.Session {
  const session = requireObject(account, "checkout.session", { id, noun: "checkout.session" });
  if (session.status === "open") return expireCheckoutSession(account, session);
  const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`;
  throw invalidRequest(message);
}

export function mayRecoverCheckoutSession(
  account: Account,
  { status, after_expiration: after }: Stripe.Checkout.Session,
): boolean {
  const until = after?.recovery?.expires_at ?? null;
  return status === "expired" && until !== null && account.now() <= until;
}
