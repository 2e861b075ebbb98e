// Greets a reader who has given lately. The HTML is the same for every reader, so this script shows and hides parts of
// it.
import { isInQuietPeriodAfterGift } from "../../domain/appeal/quiet-period";
import { findElement } from "./find-element";
import { isUnchangedAndUnfocused, NON_FREQUENCY_INPUTS_SELECTOR } from "./form-state";
import { parseMannersAttribute } from "./own-manners";
import { updateReaderMemory } from "./reader-memory";

export function adaptPageToRecentGiver(): void {
  if (!findElement("[data-regular-supporter]")) return;
  const reader = updateReaderMemory((memory) => memory);
  if (!reader || !isInQuietPeriodAfterGift({ reader, now: Date.now(), manners: parseMannersAttribute() })) return;
  const toggle = (selector: string) => {
    for (const part of document.querySelectorAll<HTMLElement>(selector)) part.hidden = !part.hidden;
  };
  toggle("[data-supporter]");
  if (reader.gift?.regular) toggle("[data-regular-supporter]");
  const forms = Array.from(document.querySelectorAll<HTMLFormElement>("[data-gift-form]"));
  if (forms.every((form) => isUnchangedAndUnfocused(form, NON_FREQUENCY_INPUTS_SELECTOR)))
    findElement("[data-appeal-form]")?.removeAttribute("open");
  // Selects the frequency "once", because the reader has given lately. But if the URL contains a frequency, leaves that
  // one selected.
  if (/[?&]every=/.test(location.search)) return;
  for (const form of forms.filter((form) => isUnchangedAndUnfocused(form))) findElement("[value=once]", form)?.click();
}
