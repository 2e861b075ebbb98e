import Stripe from "stripe";
import { type RandomSource, toShuffled } from "./seeded-random";

export type WebhookDeliveryToSend = {
  eventId: string;
  payload: string;
  /**
   * `genuine`: as Stripe sent it. `twin`: the same object under a second event id. `forged`: must be refused and leave
   * no trace.
   */
  kind: "genuine" | "twin" | "forged";
  /**
   * Returns the signature header, or null for none. Call it when the delivery is sent, because a signature is valid for
   * five minutes.
   */
  sign: () => string | null;
};

const MAX_COPIES = 5;
const TWIN_SHARE = 0.1;
const FORGED_SHARE = 0.05;
const STALE_S = 400;

/**
 * Plans about `count` deliveries. Each event is delivered at least once and at most MAX_COPIES times, so the number can
 * be larger or smaller than `count`.
 */
export function planDeliveries(
  events: Stripe.Event[],
  { count, random, secret }: { count: number; random: RandomSource; secret: string },
): WebhookDeliveryToSend[] {
  const forgeries = Math.floor(count * FORGED_SHARE);
  const copies = events.map(() => 1);
  for (let left = count - forgeries - events.length; left > 0; left -= 1) {
    const at = random.integerBelow(events.length);
    if (copies.every((copy) => copy >= MAX_COPIES)) break;
    if ((copies[at] ?? 0) < MAX_COPIES) copies[at] = (copies[at] ?? 0) + 1;
    else left += 1;
  }
  const genuine = events.flatMap((event, at) =>
    Array.from({ length: copies[at] ?? 1 }, () => genuineDelivery(event, { random, secret })),
  );
  const forged = Array.from({ length: forgeries }, (_, n) =>
    forgedDelivery(pick(events, random), { n, random, secret }),
  );
  return toShuffled([...genuine, ...forged], random);
}

type Terms = { random: RandomSource; secret: string };

function genuineDelivery(event: Stripe.Event, { random, secret }: Terms): WebhookDeliveryToSend {
  const isTwin = random.next() < TWIN_SHARE;
  const eventId = isTwin ? `${event.id}twin` : event.id;
  const payload = JSON.stringify({ ...event, id: eventId });
  return { eventId, payload, kind: isTwin ? "twin" : "genuine", sign: () => signatureHeader(payload, secret) };
}

/**
 * Returns a delivery with a bad signature: missing, wrong key, wrong body, too old, too new, or zeros. If the site
 * accepted it, its event would change the ledger.
 */
function forgedDelivery(event: Stripe.Event, { n, random, secret }: Terms & { n: number }): WebhookDeliveryToSend {
  const object = { ...event.data.object, id: `forged_${n}`, payment_intent: `pi_forged_${n}`, amount: 999_990 };
  const eventId = `evt_forged_${n}`;
  const payload = JSON.stringify({ ...event, id: eventId, data: { object } });
  const signatures = [
    () => null,
    () => signatureHeader(payload, "whsec_of_somebody_else"),
    () => signatureHeader(JSON.stringify(event), secret),
    () => signatureHeader(payload, secret, -STALE_S),
    () => signatureHeader(payload, secret, STALE_S),
    () => `t=${unixNow()},v1=${"0".repeat(64)}`,
  ];
  return { eventId, payload, kind: "forged", sign: pick(signatures, random) };
}

/** Returns a valid signature header. `shiftS`: the time that it states, in seconds from now. */
export function signatureHeader(payload: string, secret: string, shiftS = 0): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: unixNow() + shiftS });
}

function unixNow(): number {
  return Math.floor(Date.now() / 1000);
}

function pick<T>(items: T[], random: RandomSource): T {
  const item = items[random.integerBelow(items.length)];
  if (item === undefined) throw new Error("there is nothing to pick from");
  return item;
}
