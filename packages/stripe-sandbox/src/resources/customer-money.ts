// Expandable fields of a customer about money: balances by currency, tax location, cash. Only the first is ever filled.
import type Stripe from "stripe";
import type { Account } from "../account";

/** The balance by currency; empty if it is zero. */
export function creditOf({ balance, currency }: Stripe.Customer): Record<string, number> {
  return balance === 0 ? {} : { [currency ?? "usd"]: balance };
}

/** The place of taxation: known from a country, in the United States only with a postal code. */
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

/** Money sent by bank transfer is not built, so there never is any. */
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
