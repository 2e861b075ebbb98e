import type { Db } from "../database";
import { selectMailStops } from "./store";

export type OpenMailStop = {
  emailHash: string;
  stoppedAt: Date;
  /**
   * Stripe's id of the customer or, for a supporter without recurring gifts, of the newest payment intent. Null if no
   * supporter with gifts has this address.
   */
  stripeId: string | null;
};

export async function listOpenMailStops(db: Db): Promise<OpenMailStop[]> {
  const rows = await selectMailStops(db);
  return rows.map(({ emailHash, stoppedAt, customerId, paymentIntentId }) => ({
    emailHash,
    stoppedAt,
    stripeId: customerId ?? paymentIntentId,
  }));
}
