// What stands on Stripe's objects that are ours, for tests: the mark and an origin.
import { createHash } from "node:crypto";
import { publication } from "../../publication";

/** `name` tells gifts apart; the id itself has the form that ours have. */
export function ownMetadata(name = "1"): Record<string, string> {
  const gift = `g_${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
  return { site: publication.id, gift, article: "a_1", appeal: "standard", variant: "a", locale: "en" };
}
