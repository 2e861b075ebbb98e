// Stripe's objects that the site cannot read. The books check lists those that are ours, each with its reason, instead of comparing
// them.
import type { Fact } from "../fact";
import type { Reason } from "../unrecordable";
import type { Difference } from "./row";

export type StripesObject = {
  id: string;
  /** Empty if the object is not ours. Facts that name only a payment intent may still be another product's. */
  facts: Fact[];
  unreadable?: Unreadable;
};
/** `cursor`: where the next page begins, if that is not after the last object. */
export type StripesPage = { objects: StripesObject[]; hasMore: boolean; cursor?: string | null };

export type Unreadable = {
  reason: Reason;
  /** Stripe's ids of the object and of the objects that it refers to. */
  names: string[];
  /** True if the object carries our metadata, or can only be ours. Otherwise it is ours if `names` holds one of our payment intents. */
  isMarked: boolean;
};

/** The key under which a check stores a payment intent that it knows to be ours. */
export function intentKey(id: string): string {
  return `intent ${id}`;
}

export function unreadableDifference(id: string, { phase, reason }: { phase: string; reason: Reason }): Difference {
  return { object: id, place: phase, cause: "unreadable", ours: null, theirs: JSON.stringify(reason) };
}

const BEHIND = ["payment", "recurring-gift", "refund", "dispute", "payout", "balance"];
const ENTRIES = ["payment", "refund", "refund-returned", "dispute", "dispute-returned"];

/** The names of all rows that the object may be the source of. They count as seen at Stripe, although the object cannot be read. */
export function possibleRowNames({ names }: Unreadable): string[] {
  return names.flatMap((name) => [
    intentKey(name),
    ...BEHIND.map((place) => `${place} ${name}`),
    ...ENTRIES.map((kind) => `entry ${kind}:${name}`),
  ]);
}
