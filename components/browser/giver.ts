// On a device that has given: replaces the appeal by thanks, folds the form, selects "once", and points regular supporters to the gift
// they have. Every reader gets the same HTML; this script shows and hides parts of it.
import { hasGivenLately } from "../../domain/appeal/manners";
import { remember } from "./memory";

export function greetGiver(): void {
  const reader = remember((kept) => kept);
  if (!reader || !hasGivenLately({ reader, now: Date.now() })) return;
  const turn = (selector: string) => {
    for (const part of document.querySelectorAll<HTMLElement>(selector)) part.hidden = !part.hidden;
  };
  turn("[data-giver]");
  if (reader.gift?.regular) turn("[data-regular-giver]");
  document.querySelector("[data-appeal-form]")?.removeAttribute("open");
  // An address that names a frequency was asked for with it.
  if (/[?&]every=/.test(location.search)) return;
  for (const once of document.querySelectorAll<HTMLElement>("[data-gift-form] [value=once]")) once.click();
}
