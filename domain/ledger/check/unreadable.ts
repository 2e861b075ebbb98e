// Objects of Stripe's that the check cannot read: it lists those that are ours, each with the reason, and passes them by.
import type { Fact } from "../fact";
import type { Reason } from "../unrecordable";
import type { Difference } from "./row";

export type StripesObject = {
  id: string;
  /** What it tells; one that is not ours tells nothing, or only of a payment intent. */
  facts: Fact[];
  unreadable?: Unreadable;
};
export type StripesPage = { objects: StripesObject[]; hasMore: boolean };

export type Unreadable = {
  reason: Reason;
  /** Stripe's ids of it and of what it is about. */
  names: string[];
  /** It carries our mark, or can be nobody else's; else it is ours if one of `names` is a payment intent of ours. */
  isMarked: boolean;
};

/** By this name a check remembers a payment intent of ours. */
export function intentName(id: string): string {
  return `intent ${id}`;
}

export function unreadableDifference(id: string, { phase, reason }: { phase: string; reason: Reason }): Difference {
  return { object: id, place: phase, cause: "unreadable", ours: null, theirs: JSON.stringify(reason) };
}

const BEHIND = ["payment", "recurring-gift", "refund", "dispute", "payout", "balance"];
const ENTRIES = ["payment", "refund", "refund-returned", "dispute", "dispute-returned"];

/** The rows that it may stand behind: they are at Stripe, whatever it is that cannot be read. */
export function rowsBehind({ names }: Unreadable): string[] {
  return names.flatMap((name) => [
    intentName(name),
    ...BEHIND.map((place) => `${place} ${name}`),
    ...ENTRIES.map((kind) => `entry ${kind}:${name}`),
  ]);
}
