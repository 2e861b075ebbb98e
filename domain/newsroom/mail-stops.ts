// E-mail addresses whose owner reported "this was not me" and that staff have not handled. Staff see Stripe's ids, never the address.
import type { Db } from "../database";
import { selectMailStops } from "./store";

export type OpenMailStop = {
  emailHash: string;
  stoppedAt: Date;
  /** Stripe's id of the customer or payment of the newest gift with this address; null if there is none. */
  stripeId: string | null;
};

/** Oldest first. */
export async function listOpenMailStops(db: Db): Promise<OpenMailStop[]> {
  const rows = await selectMailStops(db);
  return rows.map(({ emailHash, stoppedAt, customerId, paymentIntentId }) => ({
    emailHash,
    stoppedAt,
    stripeId: customerId ?? paymentIntentId,
  }));
}
