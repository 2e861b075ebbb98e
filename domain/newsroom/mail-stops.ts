import type { Db } from "../database";
import { selectMailStops } from "./store";

export type OpenMailStop = {
  emailHash: string;
  stoppedAt: Date;
  /** Stripe's id of the customer or payment of the newest gift with this address. Null if the address has no gift. */
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
