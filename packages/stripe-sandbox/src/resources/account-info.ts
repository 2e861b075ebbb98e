import type Stripe from "stripe";
import type { Account } from "../account";
import { notFoundError } from "../http/errors";
import { type Route, route } from "../http/route";

function accountObject(account: Account): Stripe.Account {
  return {
    id: account.id,
    object: "account",
    business_profile: {
      mcc: "8398",
      minority_owned_business_designation: null,
      name: "Stripe sandbox",
      product_description: null,
      specified_commercial_transactions_act_url: null,
      support_address: null,
      support_email: null,
      support_phone: null,
      support_url: null,
      url: null,
    },
    business_type: "non_profit",
    capabilities: { card_payments: "active", sepa_debit_payments: "active", transfers: "active" },
    charges_enabled: true,
    country: "US",
    default_currency: "usd",
    details_submitted: true,
    email: "sandbox@example.org",
    payouts_enabled: true,
    type: "standard",
  };
}

export const accountRoutes: Route[] = [
  route("GET /v1/account", {}, accountObject),
  route("GET /v1/accounts/:id", {}, (account, _, id) => {
    if (id !== account.id) throw notFoundError("account", id);
    return accountObject(account);
  }),
];
