// Creates the objects that calls of the conformance suite need; each call gets its own.
import type Stripe from "stripe";
import { openBillingObjects } from "./billing-objects";
import { openCatalogObjects } from "./catalog-objects";
import { openPaymentObjects } from "./payment-objects";

export type World = ReturnType<typeof openWorld>;
export type Call = (world: World) => Promise<object>;

export function openWorld(stripe: Stripe) {
  const catalog = openCatalogObjects(stripe);
  return { stripe, ...catalog, ...openPaymentObjects(stripe), ...openBillingObjects(stripe, catalog) };
}
