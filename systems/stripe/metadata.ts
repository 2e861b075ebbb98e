// The metadata of this site's objects at Stripe. Other products and sites can share the Stripe account. So an object
// belongs to this site only if its metadata names the site and a gift.
import "server-only";
import { formatExposure, parseExposure } from "../../domain/appeal/exposure";
import { formatCoveredFeeMetadata, parseCoveredFeeMetadata } from "../../domain/giving/covered-fee";
import type { Gift } from "../../domain/giving/gift";
import { isGiftId } from "../../domain/giving/gift-id";
import type { ParsedGiftMetadata } from "../../domain/ledger/fact";
import { publication } from "../../publication";

const SECONDS = /^\d{1,11}$/;

export function giftMetadata(giftId: string, gift: Gift): Record<string, string> {
  const { appeal, variant, placement, locale, article, exposure, money, coveredFeeMinor } = gift;
  return {
    ...{ site: publication.id, gift: giftId, appeal, variant, placement, locale },
    ...(article ? { article } : {}),
    ...(exposure ? { exposure: formatExposure(exposure) } : {}),
    ...(coveredFeeMinor ? coveredFeeMetadata({ money, coveredFeeMinor }) : {}),
  };
}

/**
 * Returns metadata that contains the whole amount, and how much of it covers the card fee. If the amount is changed at
 * Stripe, it differs from the amount in the metadata, and the stored fee is ignored. An empty value removes an earlier
 * fee.
 */
export function coveredFeeMetadata({ money, coveredFeeMinor }: Pick<Gift, "money" | "coveredFeeMinor">) {
  const { amountMinor: wholeMinor } = money;
  return {
    covered_fee: coveredFeeMinor ? formatCoveredFeeMetadata({ coveredMinor: coveredFeeMinor, wholeMinor }) : "",
  };
}

/**
 * Records when the supporter was erased. With this metadata, a ledger rebuilt from Stripe's objects does not name the
 * supporter.
 */
export function supporterErasedMetadata(erasedAt: Date): Record<string, string> {
  return { erased: String(Math.ceil(erasedAt.getTime() / 1000)) };
}

/**
 * Returns metadata that records when the supporter's e-mail address changed, but not the new address. With it, a ledger
 * that is rebuilt from Stripe does not assign the gift to the old address.
 */
export function addressChangedMetadata(readdressedAt: Date): Record<string, string> {
  return { readdressed: String(Math.ceil(readdressedAt.getTime() / 1000)) };
}

/** Returns the gift that an object belongs to; null if the object belongs to another product or site. */
export function parseGiftMetadataOfThisSite(
  metadata: Record<string, string> | null | undefined,
): ParsedGiftMetadata | null {
  if (metadata?.site !== publication.id || !isGiftId(metadata.gift)) return null;
  return {
    giftId: metadata.gift,
    article: metadata.article ?? null,
    appeal: metadata.appeal ?? null,
    variant: metadata.variant ?? null,
    placement: metadata.placement ?? null,
    exposure: parseExposure(metadata.exposure),
    coveredFee: parseCoveredFeeMetadata(metadata.covered_fee),
    locale: metadata.locale ?? publication.defaultLanguage,
    ...timeOf("erasedAt", metadata.erased),
    ...timeOf("readdressedAt", metadata.readdressed),
  };
}

function timeOf<Name extends string>(name: Name, seconds: string | undefined): Partial<Record<Name, Date>> {
  if (!SECONDS.test(seconds ?? "")) return {};
  return { [name]: new Date(Number(seconds) * 1000) } as Partial<Record<Name, Date>>;
}
