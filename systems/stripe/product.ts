import "server-only";
import Stripe from "stripe";
import { publication } from "../../publication";

/**
 * The id of the product at Stripe that all gifts belong to. It contains this site's id, so that several sites can share
 * a Stripe account.
 */
export const GIFT_PRODUCT_ID = `appeal_${publication.id}`;

let productId: Promise<string> | undefined;

/**
 * Returns the product's id, and creates the product if it is missing. Throws if Stripe is unreachable; the next call
 * then tries again.
 */
export function ensureProduct(stripe: Stripe): Promise<string> {
  productId ??= findOrCreate(stripe).catch((error: unknown) => {
    productId = undefined;
    throw error;
  });
  return productId;
}

async function findOrCreate(stripe: Stripe): Promise<string> {
  try {
    return (await stripe.products.retrieve(GIFT_PRODUCT_ID)).id;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError) || error.code !== "resource_missing") throw error;
  }
  // Sends no idempotency key. With the same key, Stripe would repeat its first response for a day, even if that was a
  // failure, or the product was deleted since.
  await stripe.products.create({ id: GIFT_PRODUCT_ID, name: publication.productName }).catch(ignoreExisting);
  return GIFT_PRODUCT_ID;
}

/** Ignores the error that the product exists: another instance of the site could have created it in the meantime. */
function ignoreExisting(error: unknown): void {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError) || error.code !== "resource_already_exists")
    throw error;
}
