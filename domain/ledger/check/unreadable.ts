import type { Fact } from "../fact";
import type { UnrecordableReason } from "../unrecordable";
import type { LedgerDifference } from "./row";

export type StripeObjectWithFacts = {
  id: string;
  /**
   * Can include facts of another product on the same Stripe account. A refund, for example, names only its payment
   * intent, not the product.
   */
  facts: Fact[];
  unreadable?: UnreadableObjectDetails;
};
/** `cursor`: the next page begins after this position. Without it, the next page begins after the last object. */
export type StripeListPage = { objects: StripeObjectWithFacts[]; hasMore: boolean; cursor?: string | null };

export type UnreadableObjectDetails = {
  reason: UnrecordableReason;
  /** Stripe's ids of the object, and of its payment intent, invoice and balance transactions. */
  ids: string[];
  /**
   * If false, the object can belong to another product on the same Stripe account. It belongs to this site only if
   * `ids` contains a payment intent of this site.
   */
  isCertainlyOurs: boolean;
};

export function paymentIntentKeyInBooksCheck(id: string): string {
  return `intent ${id}`;
}

export function unreadableObjectDifference(
  id: string,
  { phase, reason }: { phase: string; reason: UnrecordableReason },
): LedgerDifference {
  return { object: id, place: phase, cause: "unreadable", ours: null, theirs: JSON.stringify(reason) };
}

const POSSIBLE_PLACES = ["payment", "recurring-gift", "refund", "dispute", "payout", "balance"];
const POSSIBLE_ENTRIES = ["payment", "refund", "refund-returned", "dispute", "dispute-returned"];

/**
 * Returns the names of all ledger rows and payment intents that could belong to the unreadable object. The check must
 * not report them as missing at Stripe, because the object may be their counterpart.
 */
export function possibleLedgerRowNames({ ids }: UnreadableObjectDetails): string[] {
  return ids.flatMap((id) => [
    paymentIntentKeyInBooksCheck(id),
    ...POSSIBLE_PLACES.map((place) => `${place} ${id}`),
    ...POSSIBLE_ENTRIES.map((kind) => `entry ${kind}:${id}`),
  ]);
}
