// Makes the next renewal of a subscription fail, with any card. The switch is on the control pages.
import type { Account } from "../account";
import { INSUFFICIENT_FUNDS_DECLINE, type PaymentMethodDecline } from "../test-cards";

export function setNextRenewalToFail(account: Account, subscription: string, fails = true): void {
  const internalState = account.internalState<"subscription">(subscription);
  account.putWithInternalState<"subscription">(account.get("subscription", subscription), {
    ...internalState,
    failsNext: fails,
  });
}

export function consumeRenewalDecline(account: Account, subscription: string | null): PaymentMethodDecline | null {
  if (!subscription || !account.internalState<"subscription">(subscription).failsNext) return null;
  setNextRenewalToFail(account, subscription, false);
  return INSUFFICIENT_FUNDS_DECLINE;
}
