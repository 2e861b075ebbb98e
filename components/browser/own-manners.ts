// The manners of the live appeal. The server writes those that differ from MANNERS into every reader page (systems/appeals/for-script.ts),
// so that the text and the banner use the same numbers.
import { MANNERS, type Manners } from "../../domain/appeal/manners";

export function ownManners(): Manners {
  return { ...MANNERS, ...JSON.parse(document.documentElement.dataset.manners ?? "{}") };
}
