// What we write on Stripe's objects, and how we know them again: opaque ids, nothing of a person.
import type { Gift } from "../../domain/giving/gift";
import type { Origin } from "../../domain/ledger/fact";
import { publication } from "../../publication";

export function giftMetadata(giftId: string, gift: Gift): Record<string, string> {
  const { appeal, variant, placement, locale, article } = gift;
  return { gift: giftId, appeal, variant, placement, locale, ...(article ? { article } : {}) };
}

/** Null where the object is not ours: another product may live on the same Stripe account. */
export function readOrigin(metadata: Record<string, string> | null | undefined): Origin | null {
  if (!metadata?.gift) return null;
  return {
    giftId: metadata.gift,
    article: metadata.article ?? null,
    appeal: metadata.appeal ?? null,
    variant: metadata.variant ?? null,
    locale: metadata.locale ?? publication.defaultLanguage,
  };
}
