import type Stripe from "stripe";
import type { Account } from "../account";
import { SimulatedStripeError } from "../http/errors";

/**
 * Returns the account with the time of the object's test clock. Throws while that clock advances, because no change is
 * allowed then.
 */
export function accountOnTestClock(
  account: Account,
  { test_clock: clock }: Pick<Stripe.Customer, "test_clock">,
): Account {
  const id = typeof clock === "string" ? clock : (clock?.id ?? null);
  if (id && account.find("test_helpers.test_clock", id)?.status === "advancing") throw clockStillAdvancingError(id);
  return account.onClock(id);
}

export function clockStillAdvancingError(id: string): SimulatedStripeError {
  const message = `Test clock advancement underway - cannot perform modifications. (${id})`;
  return new SimulatedStripeError({ status: 429, code: "lock_timeout", message });
}
