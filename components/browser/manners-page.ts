import { findQuietPeriod } from "../../domain/appeal/quiet-period";
import { findElement, getElement } from "./find-element";
import { parseMannersAttribute } from "./own-manners";
import { deleteReaderMemory, updateReaderMemory } from "./reader-memory";

export function showBannerQuietPeriod(): void {
  const page = findElement("[data-manners-page]");
  const reader = page && updateReaderMemory((memory) => memory);
  if (!page || !reader) return;
  const rest = findQuietPeriod({ reader, now: Date.now(), manners: parseMannersAttribute() });
  const until = getElement("[data-rest=until]", page);
  if (rest) {
    const timeStyle = rest.reason === "later" ? "short" : undefined;
    const day = new Date(rest.until).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle });
    until.textContent = until.textContent?.replace("[day]", day) ?? "";
  }
  showParagraphs(page, rest ? [rest.reason, "until"] : ["none"]);
  getElement("[data-unknown]", page).hidden = true;
  const forget = getElement("[data-forget]", page);
  forget.hidden = false;
  forget.onclick = () => {
    deleteReaderMemory();
    showParagraphs(page, ["forgotten"]);
  };
}

/**
 * Shows the paragraphs with these names and hides the others. Ignores a name that has no paragraph: if OUTLET_RISK is
 * `high`, the page has no paragraphs about reasons.
 */
function showParagraphs(page: HTMLElement, names: string[]): void {
  for (const line of page.querySelectorAll<HTMLElement>("[data-rest]"))
    line.hidden = !names.includes(line.dataset.rest ?? "");
}
