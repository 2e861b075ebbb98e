// Makes the next renewal of a subscription fail, with any card. The switch is on the control pages.
import type { Account } from "../account";
import { type Decline, INSUFFICIENT_FUNDS_DECLINE } from "../test-cards";

export function setNextRenewalToFail(account: Account, subscription: string, fails = true): void {
  const internalState = account.internalState<"subscription">(subscription);
  account.putWithInternalState<"subscription">(account.get("subscription", subscription), {
    ...internalState,
    failsNext: fails,
  });
}

export function consumeRenewalDecline(account: Account, subscription: string | null): Decline | null {
  if (!subscription || !account.internalState<"subscription">(subscription).failsNext) return null;
  setNextRenewalToFail(account, subscription, false);
  return INSUFFICIENT_FUNDS_DECLINE;
}
