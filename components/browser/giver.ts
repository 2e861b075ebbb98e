// On the device of someone who has given: nothing is asked for, the form is folded and opens on "once", and whoever gives regularly is
// shown the way to that gift before beginning another. The page is the same for everyone; what it shows of itself is decided here.
import { isGiver } from "../../domain/appeal/manners";
import { remember } from "./memory";

export function greetGiver(): void {
  const reader = remember((kept) => kept);
  if (!reader || !isGiver({ reader, now: Date.now() })) return;
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
