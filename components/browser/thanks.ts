// The URL may be passed on, so the page shows the amount only if this device sends the nonce of the gift's form
// (`mark`).
import { memoryAfterGift } from "../../domain/appeal/memory-changes";
import { withoutUnfinishedGift } from "../../domain/giving/unfinished-gift";
import { sendReport } from "./experiment";
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
 * Each wait without a change is a quarter longer than the one before. After an hour, the page is fetched about every 15
 * minutes.
 */
function refreshLater(waitMs = Number(findElement("[data-wait]")?.dataset.wait)): void {
  if (waitMs) setTimeout(async () => ((await refresh()) ? refreshLater() : refreshLater(waitMs * 1.25)), waitMs);
}

/** True if the page changed. */
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
  updateReaderMemory((reader, at) => memoryAfterGift(reader, { regular: gave.dataset.gave === "regular", at }));
  // Reloading the page in this tab does not report the gift again.
  if (!gave.dataset.asked || history.state === GIVEN) return;
  history.replaceState(GIVEN, "");
  void sendReport({ events: [GIVEN], ...JSON.parse(gave.dataset.asked) });
}

function formNonces(): string {
  return Object.keys(updateReaderMemory((reader) => reader)?.sentForms ?? {}).join(" ");
}
