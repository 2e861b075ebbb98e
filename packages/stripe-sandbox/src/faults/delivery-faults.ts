// Faults of webhook deliveries: duplicated, two events for one change, reordered, delayed, dropped. They are decided when
// the event is created, in its transaction.
import { z } from "zod";
import type { Store } from "../store";
import { chanceAt, type Fault, faultsOf, OCCASION, remember, strikes } from "./rules";

const WHICH = {
  ...OCCASION,
  /** Event types, or patterns such as "invoice.*"; all if empty. */
  events: z.array(z.string().max(100)).default([]),
  /** Only deliveries to this endpoint. */
  endpoint: z.string().max(100).nullable().default(null),
};

export const deliveryRule = z.discriminatedUnion("does", [
  z.strictObject({ does: z.literal("duplicate"), copies: z.number().int().min(1).max(20).default(1), ...WHICH }),
  z.strictObject({ does: z.literal("twin"), ...WHICH }),
  z.strictObject({ does: z.literal("delay"), ms: z.number().int().min(1).max(86_400_000), ...WHICH }),
  z.strictObject({ does: z.literal("drop"), ...WHICH }),
  z.strictObject({
    does: z.literal("shuffle"),
    /** Number of deliveries that are held and sent in another order. */
    window: z.number().int().min(2).max(100).default(5),
    /** Time after which a window that does not fill is sent. */
    holdMs: z.number().int().min(1).max(60_000).default(500),
    ...WHICH,
  }),
]);
export type DeliveryRule = z.infer<typeof deliveryRule>;
type Shuffle = Extract<DeliveryRule, { does: "shuffle" }>;

export type Suffered = {
  copies: number;
  waitMs: number;
  isDropped: boolean;
  shuffle: Fault<Shuffle> | null;
};

export function sufferedBy(
  store: Store,
  account: string,
  { type, endpoint }: { type: string; endpoint: string },
): Suffered {
  const suffered: Suffered = { copies: 1, waitMs: 0, isDropped: false, shuffle: null };
  for (const fault of faultsOf<DeliveryRule>(store, "delivery", account)) {
    const { rule } = fault;
    const fits = rule.does !== "twin" && (rule.endpoint ?? endpoint) === endpoint && isNamed(rule.events, type);
    if (!fits || !strikes(store, fault)) continue;
    if (rule.does === "duplicate") suffered.copies += rule.copies;
    if (rule.does === "delay") suffered.waitMs += rule.ms;
    if (rule.does === "drop") suffered.isDropped = true;
    if (rule.does === "shuffle") suffered.shuffle = { ...fault, rule };
  }
  return suffered;
}

/** True if a second event, with its own id, reports the same change. */
export function hasTwin(store: Store, account: string, type: string): boolean {
  return faultsOf<DeliveryRule>(store, "delivery", account).some(
    (fault) => fault.rule.does === "twin" && isNamed(fault.rule.events, type) && strikes(store, fault),
  );
}

export function isNamed(names: string[], type: string): boolean {
  if (names.length === 0) return true;
  return names.some((name) => name === type || (name.endsWith("*") && type.startsWith(name.slice(0, -1))));
}

type Window = {
  /** The first delivery in the window; the window's places are counted from it. */
  first: number;
  filled: number;
  /** Number of windows so far; each has its own order. */
  number: number;
};

/** Holds a delivery until its window is full, at a place chosen by the seed. */
export function shuffleIn(store: Store, fault: Fault<Shuffle>, delivery: number): void {
  const { window, holdMs, seed } = fault.rule;
  const former = fault.remembers as Window | null;
  const isOpen = former !== null && former.filled < window && isHeld(store, former.first);
  const open: Window = isOpen ? former : { first: delivery, filled: 0, number: (former?.number ?? 0) + 1 };
  const place = open.first + (orderOf(`${seed}:${open.number}`, window)[open.filled] ?? 0);
  store
    .sql(
      `UPDATE deliveries SET shuffled = @first, place = @place,
        due_ms = coalesce((SELECT due_ms FROM deliveries WHERE id = @first AND id <> @delivery), @due) WHERE id = @delivery`,
    )
    .run({ delivery, place, first: open.first, due: -holdMs });
  const filled = open.filled + 1;
  if (filled === window) store.sql("UPDATE deliveries SET due_ms = 0 WHERE shuffled = ?").run(open.first);
  remember(store, fault, { ...open, filled });
}

function isHeld(store: Store, delivery: number): boolean {
  const text = "SELECT 1 FROM deliveries WHERE id = ? AND state = 'pending' AND attempts = 0";
  return store.sql(text).get(delivery) !== undefined;
}

/** The numbers from 0 to length - 1, shuffled by the seed. */
function orderOf(seed: string, length: number): number[] {
  const drawn = Array.from({ length }, (_, index) => ({ index, draw: chanceAt(seed, index) }));
  return drawn.sort((a, b) => a.draw - b.draw).map(({ index }) => index);
}
