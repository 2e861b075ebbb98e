// Updates the thank-you page until the payment has arrived. The reader can pass on the page's URL. Therefore the server
// shows the amount only to a device that sends the nonce of the gift's form (header `X-Mark`).
import { readerMemoryAfterGift } from "../../domain/appeal/memory-changes";
import { withoutUnfinishedGift } from "../../domain/giving/unfinished-gift";
import { sendAppealEventReport } from "./experiment";
import { findElement, getElement } from "./find-element";
import { updateReaderMemory } from "./reader-memory";
import { offerSharing } from "./share";

const GIVEN = "given";

export function pollGiftProgress(): void {
  if (!findElement("[data-progress]")) return;
  if (formNonces()) refresh().then(() => refreshLater());
  else refreshLater();
}

/**
 * Fetches the page again after `waitMs`. Each wait without a change is a quarter longer than the one before. After an
 * hour, the page is fetched about every 15 minutes.
 */
function refreshLater(waitMs = Number(findElement("[data-wait]")?.dataset.wait)): void {
  if (waitMs) setTimeout(async () => ((await refresh()) ? refreshLater() : refreshLater(waitMs * 1.25)), waitMs);
}

/** Fetches the page again. If its text has changed, replaces the contents of the open page and returns true. */
async function refresh(): Promise<boolean> {
  const page = await fetchPage().catch(() => null);
  const [main, updated] = [getElement("main"), page && findElement("main", page)];
  if (!page || !updated || updated.textContent === main.textContent) return false;
  main.replaceChildren(...updated.childNodes);
  document.title = page.title;
  getElement("[data-announce]").textContent = getElement("h1").textContent;
  rememberGift();
  offerSharing();
  return true;
}

async function fetchPage(): Promise<Document | null> {
  const response = await fetch(location.href, { headers: { "X-Mark": formNonces() } });
  return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
}

function rememberGift(): void {
  // The page contains this field only on the device that started the gift.
  if (findElement("[name=mark]")) updateReaderMemory(withoutUnfinishedGift);
  const gave = findElement("[data-gave]");
  if (!gave) return;
  updateReaderMemory((reader, at) => readerMemoryAfterGift(reader, { regular: gave.dataset.gave === "regular", at }));
  // Reports the gift only once, even if this tab reloads the page.
  if (!gave.dataset.asked || history.state === GIVEN) return;
  history.replaceState(GIVEN, "");
  void sendAppealEventReport({ events: [GIVEN], ...JSON.parse(gave.dataset.asked) });
}

function formNonces(): string {
  return Object.keys(updateReaderMemory((reader) => reader)?.sentForms ?? {}).join(" ");
}
