// The manners of the live appeal. The server writes the numbers that differ from MANNERS into every reader page
// (systems/appeals/for-script.ts), so that the banner follows the numbers that the page's text names.
import { MANNERS, type Manners } from "../../domain/appeal/manners";

export function readPageManners(): Manners {
  return { ...MANNERS, ...JSON.parse(document.documentElement.dataset.manners ?? "{}") };
}
