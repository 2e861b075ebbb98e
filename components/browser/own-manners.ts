// The server writes the numbers that differ from MANNERS into the page.
import { MANNERS, type Manners } from "../../domain/appeal/manners";

export function readPageManners(): Manners {
  return { ...MANNERS, ...JSON.parse(document.documentElement.dataset.manners ?? "{}") };
}
