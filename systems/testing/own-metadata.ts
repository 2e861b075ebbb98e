import { createHash } from "node:crypto";
import { publication } from "../../publication";

/** Returns the metadata of a gift of this site. A different `name` yields a different gift id. */
export function ownMetadata(name = "1"): Record<string, string> {
  const gift = `g_${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
  return { site: publication.id, gift, article: "a_1", appeal: "standard", variant: "a", locale: "en" };
}
