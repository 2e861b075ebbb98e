// Returns a function that is true for each variant of a published appeal or of the fallback in content/appeals/. The
// report of a device may name only these.
import "server-only";
import { hasVariant } from "../content";
import { listCachedPublishedAppeals } from "./live-appeal";

export async function getKnownVariantCheck(): Promise<(appeal: string, variant: string) => boolean> {
  const published = await listCachedPublishedAppeals();
  return (id, variant) =>
    published.some((appeal) => appeal.id === id && appeal.content.variants.some((each) => each.id === variant)) ||
    hasVariant(id, variant);
}
