// The manners that this page's appeal has. The server writes those that the newsroom chose into the page, so that the text and the banner
// use the same numbers.
import { MANNERS, type Manners } from "../../domain/appeal/manners";
import { findElement } from "./find";

export function ownManners(): Manners {
  const place = findElement("[data-manners]");
  return { ...MANNERS, ...JSON.parse(place?.dataset.manners ?? "{}") };
}
