import "server-only";
import Stripe from "stripe";
import { publication } from "../../publication";

/** Contains this site's id, so that several sites can share a Stripe account. */
export const PRODUCT_ID = `appeal_${publication.id}`;

let productId: Promise<string> | undefined;

/** Creates the product if it is missing. Throws if Stripe is unreachable; the next call then tries again. */
export function ensureProduct(stripe: Stripe): Promise<string> {
  productId ??= findOrCreate(stripe).catch((error: unknown) => {
    productId = undefined;
    throw error;
  });
  return productId;
}

async function findOrCreate(stripe: Stripe): Promise<string> {
  try {
    return (await stripe.products.retrieve(PRODUCT_ID)).id;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError) || error.code !== "resource_missing") throw error;
  }
  // Sends no idempotency key. With the same key Stripe would repeat a failure for a day, or return a product that was deleted
  // since.
  await stripe.products.create({ id: PRODUCT_ID, name: publication.productName }).catch(ignoreExisting);
  return PRODUCT_ID;
}

/** Another instance of the site may already have created the product. */
function ignoreExisting(error: unknown): void {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError) || error.code !== "resource_already_exists")
    throw error;
}
