// One Stripe product for all gifts: inline prices hang on it, and a changed amount needs its id.
import "server-only";
import Stripe from "stripe";
import { publication } from "../../publication";

/** Of this site alone: another on the same Stripe account gives its own a name of its own. */
export const PRODUCT_ID = `appeal_${publication.id}`;

let known: Promise<string> | undefined;

/** The product's id, made at Stripe the first time. Throws where Stripe cannot be reached; then asks again next time. */
export function ensureProduct(stripe: Stripe): Promise<string> {
  known ??= findOrCreate(stripe).catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

async function findOrCreate(stripe: Stripe): Promise<string> {
  try {
    return (await stripe.products.retrieve(PRODUCT_ID)).id;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError) || error.code !== "resource_missing") throw error;
  }
  const product = await stripe.products.create(
    { id: PRODUCT_ID, name: publication.productName },
    { idempotencyKey: `product-${PRODUCT_ID}` },
  );
  return product.id;
}
