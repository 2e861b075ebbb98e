import { createHash } from "node:crypto";
import { publication } from "../../publication";

/** Returns the metadata of a gift of this site. A different `giftName` yields a different gift id. */
export function makeTestGiftMetadata(giftName = "1"): Record<string, string> {
  const gift = `g_${createHash("sha256").update(giftName).digest("hex").slice(0, 32)}`;
  return { site: publication.id, gift, article: "a_1", appeal: "standard", variant: "a", locale: "en" };
}
