// Injects faults into webhook deliveries. In the transaction that creates an event, the stand-in decides which faults
// affect the deliveries of the event.
import { z } from "zod";
import type { Store } from "../store";
import {
  countMatchAndDecideIfFaultApplies,
  FAULT_OPTION_SCHEMAS,
  type FaultRuleWithCounts,
  listAccountFaultsOfKind,
  seededRandomAt,
  storeFaultState,
} from "./rules";

const WHICH = {
  ...FAULT_OPTION_SCHEMAS,
  /** Event types, or patterns such as "invoice.*"; all if empty. */
  events: z.array(z.string().max(100)).default([]),
  /** The endpoint's id. Null: the fault affects all endpoints. A "twin" fault ignores this option. */
  endpoint: z.string().max(100).nullable().default(null),
};

export const deliveryFaultRuleSchema = z.discriminatedUnion("does", [
  z.strictObject({ does: z.literal("duplicate"), copies: z.number().int().min(1).max(20).default(1), ...WHICH }),
  z.strictObject({ does: z.literal("twin"), ...WHICH }),
  z.strictObject({ does: z.literal("delay"), ms: z.number().int().min(1).max(86_400_000), ...WHICH }),
  z.strictObject({ does: z.literal("drop"), ...WHICH }),
  z.strictObject({
    does: z.literal("shuffle"),
    /** The number of deliveries that are held back and then sent in another order. */
    window: z.number().int().min(2).max(100).default(5),
    /** Milliseconds after which the held deliveries are sent even if there are fewer than `window`. */
    holdMs: z.number().int().min(1).max(60_000).default(500),
    ...WHICH,
  }),
]);
export type DeliveryFaultRule = z.infer<typeof deliveryFaultRuleSchema>;
type Shuffle = Extract<DeliveryFaultRule, { does: "shuffle" }>;

export type FaultsOfOneDelivery = {
  copies: number;
  waitMs: number;
  isDropped: boolean;
  shuffle: FaultRuleWithCounts<Shuffle> | null;
};

export function consumeDeliveryFaults(
  store: Store,
  account: string,
  { type, endpoint }: { type: string; endpoint: string },
): FaultsOfOneDelivery {
  const faults: FaultsOfOneDelivery = { copies: 1, waitMs: 0, isDropped: false, shuffle: null };
  for (const fault of listAccountFaultsOfKind<DeliveryFaultRule>(store, "delivery", account)) {
    const { rule } = fault;
    const fits =
      rule.does !== "twin" && (rule.endpoint ?? endpoint) === endpoint && matchesEventType(rule.events, type);
    if (!fits || !countMatchAndDecideIfFaultApplies(store, fault)) continue;
    if (rule.does === "duplicate") faults.copies += rule.copies;
    if (rule.does === "delay") faults.waitMs += rule.ms;
    if (rule.does === "drop") faults.isDropped = true;
    if (rule.does === "shuffle") faults.shuffle = { ...fault, rule };
  }
  return faults;
}

/**
 * Returns true if a "twin" fault applies to this event. The caller must then create a second event with another id that
 * reports the same change. Counts the event for each matching "twin" fault, up to the first that applies.
 */
export function consumeTwinEventFault(store: Store, account: string, type: string): boolean {
  return listAccountFaultsOfKind<DeliveryFaultRule>(store, "delivery", account).some(
    (fault) =>
      fault.rule.does === "twin" &&
      matchesEventType(fault.rule.events, type) &&
      countMatchAndDecideIfFaultApplies(store, fault),
  );
}

export function matchesEventType(patterns: string[], type: string): boolean {
  if (patterns.length === 0) return true;
  return patterns.some((name) => name === type || (name.endsWith("*") && type.startsWith(name.slice(0, -1))));
}

type Window = {
  first: number;
  filled: number;
  /**
   * The number of this shuffle window: 1, 2, 3 … The fault's seed and this number decide the order of the deliveries.
   */
  number: number;
};

/**
 * Adds the delivery to the fault's current group (shuffle window), or begins a new group. Holds back the deliveries of
 * a group until the group is full, or for at most `holdMs`. Then the deliveries become due, in an order that depends on
 * the seed.
 */
export function addToShuffleWindow(store: Store, fault: FaultRuleWithCounts<Shuffle>, delivery: number): void {
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
  storeFaultState(store, fault, { ...open, filled });
}

function isHeld(store: Store, delivery: number): boolean {
  const text = "SELECT 1 FROM deliveries WHERE id = ? AND state = 'pending' AND attempts = 0";
  return store.sql(text).get(delivery) !== undefined;
}

function orderOf(seed: string, length: number): number[] {
  const keyed = Array.from({ length }, (_, index) => ({ index, at: seededRandomAt(seed, index) }));
  return keyed.sort((a, b) => a.at - b.at).map(({ index }) => index);
}
