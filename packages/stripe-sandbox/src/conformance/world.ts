// The API client and the functions with which each conformance call creates its own objects.
import type Stripe from "stripe";
import { billingObjectCreators } from "./billing-objects";
import { catalogObjectCreators } from "./catalog-objects";
import { paymentObjectCreators } from "./payment-objects";

export type World = ReturnType<typeof conformanceWorld>;
export type Call = (world: World) => Promise<object>;

export function conformanceWorld(stripe: Stripe) {
  const catalog = catalogObjectCreators(stripe);
  return { stripe, ...catalog, ...paymentObjectCreators(stripe), ...billingObjectCreators(stripe, catalog) };
}
