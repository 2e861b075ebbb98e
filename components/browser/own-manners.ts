// The numbers in the banner's rules (such as days between views) for the published appeal. The server writes those that differ
// from the defaults in MANNERS into every page for readers.
import { MANNERS, type Manners } from "../../domain/appeal/manners";

export function readPageManners(): Manners {
  return { ...MANNERS, ...JSON.parse(document.documentElement.dataset.manners ?? "{}") };
}
