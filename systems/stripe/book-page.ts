import "server-only";
import Stripe from "stripe";
import type { StripeListPage, StripeObjectWithFacts } from "../../domain/ledger/check/unreadable";
import type { Fact } from "../../domain/ledger/fact";
import { unrecordableReasonOf } from "../../domain/ledger/unrecordable";
import { idOf } from "./facts/ids";
import { parseGiftMetadataOfThisSite } from "./metadata";

type Reference = string | { id: string } | null;
type Listed = {
  id?: string;
  payment_intent?: Reference;
  invoice?: Reference;
  balance_transaction?: Reference;
  failure_balance_transaction?: Reference;
  balance_transactions?: { id: string }[];
  metadata?: Record<string, string> | null;
};
export type StripeObjectLister = (
  stripe: Stripe,
  params: Stripe.PaginationParams & { created?: Stripe.RangeQueryParam },
) => Promise<StripeListPage>;

export async function translateStripePageToFacts<T extends Listed>(
  list: Stripe.ApiList<T>,
  translate: (object: T) => Fact[],
): Promise<StripeListPage> {
  const objects: StripeObjectWithFacts[] = [];
  for (const object of list.data) objects.push(await translateStripeObjectToFacts(object, () => translate(object)));
  return { objects, hasMore: list.has_more };
}

/**
 * Returns the facts about an object. If the object cannot be read, returns the reason instead of throwing, so that the
 * caller can go on with the next object. Throws only if a call to Stripe fails.
 */
export async function translateStripeObjectToFacts(
  object: Listed,
  translate: () => Fact[] | Promise<Fact[]>,
): Promise<StripeObjectWithFacts> {
  const id = object.id ?? "";
  try {
    return { id, facts: await translate() };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) throw error;
    return {
      id,
      facts: [],
      unreadable: { reason: unrecordableReasonOf(error), ids: idsIn(object), isCertainlyOurs: isCertainlyOurs(object) },
    };
  }
}

/**
 * Returns true if the object certainly belongs to this site. An object with `payment_intent` is certainly ours only if
 * its metadata says so. An object without it is a subscription or invoice of this site, or a payout of the account.
 */
function isCertainlyOurs(object: Listed): boolean {
  return !("payment_intent" in object) || parseGiftMetadataOfThisSite(object.metadata) !== null;
}

/**
 * The fields that can contain ids of Stripe. If an object is unreadable, these ids serve to find the ledger's rows
 * about it.
 */
const ID_FIELDS = ["id", "payment_intent", "invoice", "balance_transaction", "failure_balance_transaction"] as const;

function idsIn(object: Listed): string[] {
  const moved = Array.isArray(object.balance_transactions) ? object.balance_transactions : [];
  return [...ID_FIELDS.flatMap((name) => idOf(object[name]) ?? []), ...moved.map(({ id }) => id)];
}
