// Addresses whose holder said "this was not me" and that staff have not looked at. Staff see Stripe's ids, never the address.
import type { Db } from "../database";
import { selectMailStops } from "./store";

export type OpenMailStop = {
  emailHash: string;
  stoppedAt: Date;
  /** Stripe's ids of the newest gift that came with the address: a customer or a payment. Null if there is none. */
  stripeId: string | null;
};

/** The oldest first. */
export async function listOpenMailStops(db: Db): Promise<OpenMailStop[]> {
  const rows = await selectMailStops(db);
  return rows.map(({ emailHash, stoppedAt, customerId, paymentIntentId }) => ({
    emailHash,
    stoppedAt,
    stripeId: customerId ?? paymentIntentId,
  }));
}
