// In which order, how often and by whom the events of a world arrive: each one to five times, now and then under another id for
// the same fact, with forgeries in between, all of it shuffled.
import Stripe from "stripe";
import { type Dice, shuffle } from "./dice";

export type Delivery = {
  eventId: string;
  payload: string;
  /** A forgery must be refused and leave no trace. */
  kind: "genuine" | "twin" | "forged";
  /** For a genuine or twin delivery: made when it leaves, since a signature is good for five minutes. */
  sign: () => string | null;
};

const MOST_COPIES = 5;
const TWINS = 0.1;
const FORGERIES = 0.05;
const STALE_S = 400;

/** `count` deliveries, or as many more as it takes to bring each event once. */
export function planDeliveries(
  events: Stripe.Event[],
  { count, dice, secret }: { count: number; dice: Dice; secret: string },
): Delivery[] {
  const forgeries = Math.floor(count * FORGERIES);
  const copies = events.map(() => 1);
  for (let left = count - forgeries - events.length; left > 0; left -= 1) {
    const at = dice.throw(events.length);
    if (copies.every((copy) => copy >= MOST_COPIES)) break;
    if ((copies[at] ?? 0) < MOST_COPIES) copies[at] = (copies[at] ?? 0) + 1;
    else left += 1;
  }
  const told = events.flatMap((event, at) =>
    Array.from({ length: copies[at] ?? 1 }, () => tell(event, { dice, secret })),
  );
  const forged = Array.from({ length: forgeries }, (_, n) => forge(pick(events, dice), { n, dice, secret }));
  return shuffle([...told, ...forged], dice);
}

type Terms = { dice: Dice; secret: string };

function tell(event: Stripe.Event, { dice, secret }: Terms): Delivery {
  const isTwin = dice.next() < TWINS;
  const eventId = isTwin ? `${event.id}twin` : event.id;
  const payload = JSON.stringify({ ...event, id: eventId });
  return { eventId, payload, kind: isTwin ? "twin" : "genuine", sign: () => signed(payload, secret) };
}

/** A fact that is not true, told in each of the ways in which one can be: it would change the books if it were believed. */
function forge(event: Stripe.Event, { n, dice, secret }: Terms & { n: number }): Delivery {
  const object = { ...event.data.object, id: `forged_${n}`, payment_intent: `pi_forged_${n}`, amount: 999_990 };
  const eventId = `evt_forged_${n}`;
  const payload = JSON.stringify({ ...event, id: eventId, data: { object } });
  const ways = [
    () => null,
    () => signed(payload, "whsec_of_somebody_else"),
    () => signed(JSON.stringify(event), secret),
    () => signed(payload, secret, -STALE_S),
    () => signed(payload, secret, STALE_S),
    () => `t=${unixNow()},v1=${"0".repeat(64)}`,
  ];
  return { eventId, payload, kind: "forged", sign: pick(ways, dice) };
}

/** As Stripe signs, `shiftS` from now. */
export function signed(payload: string, secret: string, shiftS = 0): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: unixNow() + shiftS });
}

function unixNow(): number {
  return Math.floor(Date.now() / 1000);
}

function pick<T>(items: T[], dice: Dice): T {
  const item = items[dice.throw(items.length)];
  if (item === undefined) throw new Error("there is nothing to pick from");
  return item;
}
