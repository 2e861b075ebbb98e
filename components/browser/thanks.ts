// The thank-you page, watched: asks the same address until the ledger has spoken, then shows what it says. The page as it comes is
// fit for everyone who has its address; with a mark of this device the site answers with the amount too.
import { afterGift } from "../../domain/appeal/manners";
import { find, get } from "./find";
import { remember } from "./memory";

export function watchProgress(): void {
  if (!find("[data-progress]")) return;
  if (marks()) ask().then(() => lookAgain());
  else lookAgain();
}

/** Each wait is a quarter longer than the one before: after an hour a gift on its way is asked about every quarter of an hour. */
function lookAgain(waitMs = Number(find("[data-wait]")?.dataset.wait)): void {
  if (waitMs) setTimeout(async () => ((await ask()) ? lookAgain() : lookAgain(waitMs * 1.25)), waitMs);
}

/** Returns whether the page changed. False where the site did not answer: it is asked again later. */
async function ask(): Promise<boolean> {
  const page = await fetchPage().catch(() => null);
  const [main, news] = [get("main"), page && find("main", page)];
  if (!page || !news || news.textContent === main.textContent) return false;
  main.replaceChildren(...news.childNodes);
  document.title = page.title;
  get("[data-announce]").textContent = get("h1").textContent;
  noteGift();
  return true;
}

async function fetchPage(): Promise<Document | null> {
  const response = await fetch(location.href, { headers: { "X-Mark": marks() } });
  return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
}

/** A device that began a gift and sees it come, or sees the bank asked for it, is a giver's. */
function noteGift(): void {
  const gave = find("[data-gave]");
  if (gave) remember((reader, at) => afterGift(reader, { regular: gave.dataset.gave === "regular", at }));
}

function marks(): string {
  return Object.keys(remember((reader) => reader)?.begun ?? {}).join(" ");
}
