import type { Db } from "../database";
import { selectOpenMailStops } from "./store";

export type OpenMailStop = {
  emailHash: string;
  stoppedAt: Date;
  /**
   * Stripe's id of the customer of the newest recurring gift or, without one, of the newest payment's payment intent.
   * Null if no supporter with gifts has this address.
   */
  stripeId: string | null;
};

export async function listOpenMailStops(db: Db): Promise<OpenMailStop[]> {
  const rows = await selectOpenMailStops(db);
  return rows.map(({ emailHash, stoppedAt, customerId, paymentIntentId }) => ({
    emailHash,
    stoppedAt,
    stripeId: customerId ?? paymentIntentId,
  }));
}
