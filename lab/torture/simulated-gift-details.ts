// Makes the metadata, e-mail address and terms of a simulated gift.
import type { Gift } from "../../domain/giving/gift";
import { newGiftId } from "../../domain/giving/gift-id";
import { giftMetadata } from "../../systems/stripe/metadata";
import type { SimulatedGift } from "./simulated-gifts";

export function emailOf({ readerNumber }: SimulatedGift): string {
  return `reader-${readerNumber}@example.org`;
}

export function metadataOf(simulatedGift: SimulatedGift): Record<string, string> {
  return giftMetadata(newGiftId(), giftOf(simulatedGift));
}

export function giftOf({ amountMinor, currency, frequency, article }: SimulatedGift): Gift {
  const origin = { appeal: "standard", variant: "a", placement: "give" as const, locale: "en" };
  const exposure = article && { experiment: "x_torture1", arm: article === "a_1" ? "a" : "b", exposedOn: 20_785 };
  // The covered fee can be any amount here, because the ledger copies it from the metadata.
  const coveredFeeMinor = article ? Math.floor(amountMinor / 20) : 0;
  const money = { amountMinor, currency };
  return { money, coveredFeeMinor, frequency, article, exposure: exposure || null, ...origin };
}
