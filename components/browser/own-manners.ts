// The manners that this page's appeal has. The server writes them into the page, so that the text and the banner use the same numbers.
import { MANNERS, type Manners } from "../../domain/appeal/manners";
import { findElement } from "./find";

export function ownManners(): Manners {
  const place = findElement("[data-manners]");
  return place ? JSON.parse(place.dataset.manners ?? "") : MANNERS;
}
