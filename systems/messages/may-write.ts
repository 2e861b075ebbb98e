import "server-only";
import { clientIpAddressOrNetwork, networkOf } from "../client-address";
import type { Db } from "../database";
import { env } from "../env";
import { consumeRateLimit, deleteExpiredRateLimitCounts } from "../rate-limit";

export const MESSAGE_LIMIT_WINDOW_MINUTES = 15;
/**
 * The maximum number of message changes in MESSAGE_LIMIT_WINDOW_MINUTES: per IP address (`client`), per network, and
 * per payment. A supporter can change their message several times, and many supporters can share a network.
 */
const MAX = { client: 10, network: 60, payment: 10 };

/**
 * Counts a change of a supporter's message. Returns false if this change exceeds a rate limit. `paymentId`: null if the
 * site found no payment of the person who sent the form.
 */
export async function consumeMessageChangeRateLimit(
  db: Db,
  { paymentId, headers, now }: { paymentId: string | null; headers: Headers; now: Date },
): Promise<boolean> {
  await deleteExpiredRateLimitCounts(db, now);
  const client = clientIpAddressOrNetwork(headers, env().TRUSTED_PROXY_HOPS);
  const limits = [
    ...(client === null ? [] : [{ kind: "client", subject: client, max: MAX.client }]),
    ...(client === null ? [] : [{ kind: "network", subject: networkOf(client), max: MAX.network }]),
    ...(paymentId === null ? [] : [{ kind: "payment", subject: paymentId, max: MAX.payment }]),
  ];
  return consumeRateLimit(db, {
    action: "message",
    windowMinutes: MESSAGE_LIMIT_WINDOW_MINUTES,
    limits,
    secret: env().NEXTAUTH_SECRET,
    now,
  });
}
