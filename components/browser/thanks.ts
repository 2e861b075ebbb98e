// Keeps the thank-you page up to date: fetches it again until the ledger knows how the gift ended. Its address may be passed on,
// so the page shows the amount only if this device sends the mark of its own gift.
import { afterGift } from "../../domain/appeal/manners";
import { find, get } from "./find";
import { remember } from "./memory";

export function watchProgress(): void {
  if (!find("[data-progress]")) return;
  if (marks()) refresh().then(() => refreshLater());
  else refreshLater();
}

/** Each wait is a quarter longer than the last: after an hour the page is fetched about every 15 minutes. */
function refreshLater(waitMs = Number(find("[data-wait]")?.dataset.wait)): void {
  if (waitMs) setTimeout(async () => ((await refresh()) ? refreshLater() : refreshLater(waitMs * 1.25)), waitMs);
}

/** True if the page changed. False also if the site did not answer. */
async function refresh(): Promise<boolean> {
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

/** Remembers on the device that its gift has arrived, or that the bank debit has begun. */
function noteGift(): void {
  const gave = find("[data-gave]");
  if (gave) remember((reader, at) => afterGift(reader, { regular: gave.dataset.gave === "regular", at }));
}

function marks(): string {
  return Object.keys(remember((reader) => reader)?.begun ?? {}).join(" ");
}
