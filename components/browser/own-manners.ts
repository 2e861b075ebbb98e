// Returns the banner's rules on this page. The server writes into the HTML only the numbers that differ from MANNERS.
import { MANNERS, type Manners } from "../../domain/appeal/manners";

export function parseMannersAttribute(): Manners {
  return { ...MANNERS, ...JSON.parse(document.documentElement.dataset.manners ?? "{}") };
}
