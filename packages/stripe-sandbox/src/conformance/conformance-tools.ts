import type Stripe from "stripe";
import { billingObjectCreators } from "./billing-objects";
import { catalogObjectCreators } from "./catalog-objects";
import { paymentObjectCreators } from "./payment-objects";

export type ConformanceTools = ReturnType<typeof createConformanceTools>;
export type Call = (tools: ConformanceTools) => Promise<object>;

export function createConformanceTools(stripe: Stripe) {
  const catalog = catalogObjectCreators(stripe);
  return { stripe, ...catalog, ...paymentObjectCreators(stripe), ...billingObjectCreators(stripe, catalog) };
}
