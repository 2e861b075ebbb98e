// What a customer is shown to have beside her balance, only where it is asked for: nothing here fills any of it.
import type Stripe from "stripe";
import type { Account } from "../account";

/** Her balance once more, by currency; none where it is zero. */
export function creditOf({ balance, currency }: Stripe.Customer): Record<string, number> {
  return balance === 0 ? {} : { [currency ?? "usd"]: balance };
}

/** Where taxes would be reckoned: Stripe knows the place from a country, and within the United States from a postal code. */
export function taxOf({ address }: Stripe.Customer): Stripe.Customer.Tax {
  const country = address?.country ?? null;
  const isKnown = country !== null && (country !== "US" || Boolean(address?.postal_code));
  return {
    automatic_tax: isKnown ? "not_collecting" : "unrecognized_location",
    ip_address: null,
    location: isKnown ? { country, source: "billing_address", state: address?.state ?? null } : null,
    provider: "stripe",
  };
}

/** Money sent by bank transfer, which is not built: there never is any. */
export function cashBalanceOf({ livemode }: Account, customer: string): Stripe.CashBalance {
  return {
    object: "cash_balance",
    available: null,
    customer,
    customer_account: null,
    livemode,
    settings: { reconciliation_mode: "automatic", using_merchant_default: true },
  };
}
