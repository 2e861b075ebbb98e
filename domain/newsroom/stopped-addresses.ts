import type { Db } from "../database";
import { selectUnhandledStoppedAddresses } from "./store";

export type UnhandledStoppedAddress = {
  emailHash: string;
  stoppedAt: Date;
  /**
   * The id at Stripe by which staff find the owner of the address: the customer of the owner's newest recurring gift.
   * Without a recurring gift, it is the payment intent of the owner's newest payment. Null if no supporter with gifts
   * has this address.
   */
  stripeId: string | null;
};

export async function listUnhandledStoppedAddresses(db: Db): Promise<UnhandledStoppedAddress[]> {
  const rows = await selectUnhandledStoppedAddresses(db);
  return rows.map(({ emailHash, stoppedAt, customerId, paymentIntentId }) => ({
    emailHash,
    stoppedAt,
    stripeId: customerId ?? paymentIntentId,
  }));
}
