// Returns the banner's rules on this page. The server writes into the HTML only the numbers that differ from
// DEFAULT_MANNERS.
import { DEFAULT_MANNERS, type Manners } from "../../domain/appeal/manners";

export function parseMannersAttribute(): Manners {
  return { ...DEFAULT_MANNERS, ...JSON.parse(document.documentElement.dataset.manners ?? "{}") };
}
