// Objects of Stripe's that the site cannot read. The check lists those that are ours, each with the reason, and skips them.
import type { Fact } from "../fact";
import type { Reason } from "../unrecordable";
import type { Difference } from "./row";

export type StripesObject = {
  id: string;
  /** Empty for an object that is not ours, or facts that name only a payment intent. */
  facts: Fact[];
  unreadable?: Unreadable;
};
export type StripesPage = { objects: StripesObject[]; hasMore: boolean };

export type Unreadable = {
  reason: Reason;
  /** Stripe's ids of the object and of the objects it is about. */
  names: string[];
  /** True if the object carries our metadata, or can only be ours. Otherwise it is ours if one of `names` is our payment intent. */
  isMarked: boolean;
};

/** The name under which a check remembers a payment intent of ours. */
export function intentName(id: string): string {
  return `intent ${id}`;
}

export function unreadableDifference(id: string, { phase, reason }: { phase: string; reason: Reason }): Difference {
  return { object: id, place: phase, cause: "unreadable", ours: null, theirs: JSON.stringify(reason) };
}

const BEHIND = ["payment", "recurring-gift", "refund", "dispute", "payout", "balance"];
const ENTRIES = ["payment", "refund", "refund-returned", "dispute", "dispute-returned"];

/** The names of the rows that the object may be the source of. They count as seen at Stripe, although it cannot be read. */
export function rowsBehind({ names }: Unreadable): string[] {
  return names.flatMap((name) => [
    intentName(name),
    ...BEHIND.map((place) => `${place} ${name}`),
    ...ENTRIES.map((kind) => `entry ${kind}:${name}`),
  ]);
}
