// Runs on the page that hides the appeal. Stores the same data on the device as a click on the banner's button "Not
// this time". Sends nothing to the server, and stores nothing that mentions a gift.
import { readerMemoryAfterClosingBanner } from "../../domain/appeal/memory-changes";
import { findElement } from "./find-element";
import { parseMannersAttribute } from "./own-manners";
import { updateReaderMemory } from "./reader-memory";

export function hideAppealOnThisDevice(): void {
  const page = findElement("[data-quiet]");
  if (!page) return;
  const manners = parseMannersAttribute();
  const isStored =
    updateReaderMemory((reader, at) => readerMemoryAfterClosingBanner(reader, { way: "not-now", at, manners })) !==
    null;
  const says = findElement(isStored ? "[data-quiet-done]" : "[data-quiet-unneeded]", page);
  for (const text of page.querySelectorAll<HTMLElement>("p")) text.hidden = text !== says;
}
