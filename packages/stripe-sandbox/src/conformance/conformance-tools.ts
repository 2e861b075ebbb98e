import type Stripe from "stripe";
import { billingObjectCreators } from "./billing-objects";
import { catalogObjectCreators } from "./catalog-objects";
import { paymentObjectCreators } from "./payment-objects";

export type StripeObjectCreators = ReturnType<typeof createStripeObjectCreators>;
export type ConformanceCall = (tools: StripeObjectCreators) => Promise<object>;

export function createStripeObjectCreators(stripe: Stripe) {
  const catalog = catalogObjectCreators(stripe);
  return { stripe, ...catalog, ...paymentObjectCreators(stripe), ...billingObjectCreators(stripe, catalog) };
}
