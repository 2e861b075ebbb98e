// The page /banner-manners: says why the banner rests on this device, and until when. It can forget all that the device remembers.
import { findRest } from "../../domain/appeal/rest";
import { findElement, getElement } from "./find";
import { deleteMemory, updateMemory } from "./memory";
import { ownManners } from "./own-manners";

export function explainManners(): void {
  const page = findElement("[data-manners-page]");
  const reader = page && updateMemory((memory) => memory);
  if (!page || !reader) return;
  const rest = findRest({ reader, now: Date.now(), manners: ownManners() });
  const until = getElement("[data-rest=until]", page);
  if (rest) {
    const timeStyle = rest.reason === "later" ? "short" : undefined;
    const day = new Date(rest.until).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle });
    until.textContent = until.textContent?.replace("[day]", day) ?? "";
  }
  say(page, rest ? [rest.reason, "until"] : ["none"]);
  getElement("[data-unknown]", page).hidden = true;
  const forget = getElement("[data-forget]", page);
  forget.hidden = false;
  forget.onclick = () => {
    deleteMemory();
    say(page, ["forgotten"]);
  };
}

/** Shows these lines of the page and hides the others. A page that must be neutral lacks those that name a gift. */
function say(page: HTMLElement, names: string[]): void {
  for (const line of page.querySelectorAll<HTMLElement>("[data-rest]"))
    line.hidden = !names.includes(line.dataset.rest ?? "");
}
