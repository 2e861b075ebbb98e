// The test clock of a customer.
import type Stripe from "stripe";
import type { Account } from "../account";
import { StripeError } from "../http/errors";

/** The account on the customer's clock. While that clock advances, nothing on it can be changed. */
export function onClockOf(account: Account, { test_clock: clock }: Pick<Stripe.Customer, "test_clock">): Account {
  const id = typeof clock === "string" ? clock : (clock?.id ?? null);
  if (id && account.find("test_helpers.test_clock", id)?.status === "advancing") throw busy(id);
  return account.onClock(id);
}

export function busy(id: string): StripeError {
  const message = `Test clock advancement underway - cannot perform modifications. (${id})`;
  return new StripeError({ status: 429, code: "lock_timeout", message });
}
