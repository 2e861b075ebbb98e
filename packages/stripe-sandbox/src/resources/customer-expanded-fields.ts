import type Stripe from "stripe";
import type { Account } from "../account";

export function balanceByCurrency({ balance, currency }: Stripe.Customer): Record<string, number> {
  return balance === 0 ? {} : { [currency ?? "usd"]: balance };
}

/**
 * Returns the customer's `tax`. The country is enough for a known location, except in the United States, where a postal
 * code is also needed.
 */
export function customerTax({ address }: Stripe.Customer): Stripe.Customer.Tax {
  const country = address?.country ?? null;
  const isKnown = country !== null && (country !== "US" || Boolean(address?.postal_code));
  return {
    automatic_tax: isKnown ? "not_collecting" : "unrecognized_location",
    ip_address: null,
    location: isKnown ? { country, source: "billing_address", state: address?.state ?? null } : null,
    provider: "stripe",
  };
}

/** Returns an empty cash balance, because the stand-in does not support money sent by bank transfer. */
export function newEmptyCashBalance({ livemode }: Account, customer: string): Stripe.CashBalance {
  return {
    object: "cash_balance",
    available: null,
    customer,
    customer_account: null,
    livemode,
    settings: { reconciliation_mode: "automatic", using_merchant_default: true },
  };
}
