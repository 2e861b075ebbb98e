import type Stripe from "stripe";
import { billingObjectCreators } from "./billing-objects";
import { catalogObjectCreators } from "./catalog-objects";
import { paymentObjectCreators } from "./payment-objects";

export type CallSetup = ReturnType<typeof createCallSetup>;
export type Call = (setup: CallSetup) => Promise<object>;

export function createCallSetup(stripe: Stripe) {
  const catalog = catalogObjectCreators(stripe);
  return { stripe, ...catalog, ...paymentObjectCreators(stripe), ...billingObjectCreators(stripe, catalog) };
}
