// The thank-you page, watched: asks the same address until the ledger has spoken, then shows what it says.
import { afterGift } from "../../domain/appeal/manners";
import { find, get } from "./find";
import { remember } from "./memory";

const FIRST_WAIT_MS = 800;
const LONGEST_WAIT_MS = 10_000;
const GIVE_UP_AFTER_MS = 15 * 60 * 1000;

export function watchProgress(): void {
  noteGift();
  if (isOnItsWay(document)) askAgain({ waitMs: FIRST_WAIT_MS, until: Date.now() + GIVE_UP_AFTER_MS });
}

function askAgain({ waitMs, until }: { waitMs: number; until: number }): void {
  setTimeout(async () => {
    const page = await fetchPage();
    if (page && !isOnItsWay(page)) showPage(page);
    else if (Date.now() < until) askAgain({ waitMs: Math.min(waitMs * 1.25, LONGEST_WAIT_MS), until });
  }, waitMs);
}

/** Null where the site did not answer: it will be asked again. */
async function fetchPage(): Promise<Document | null> {
  try {
    const response = await fetch(location.href, { cache: "no-store" });
    return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  } catch {
    return null;
  }
}

function showPage(page: Document): void {
  get("main").replaceChildren(...get("main", page).childNodes);
  document.title = page.title;
  get("[data-announce]").textContent = get("h1").textContent;
  noteGift();
}

function noteGift(): void {
  const state = find("[data-progress=received]");
  if (state) remember((reader, at) => afterGift(reader, { regular: state.dataset.regular === "yes", at }));
}

function isOnItsWay(page: Document): boolean {
  return find("[data-progress=on-its-way]", page) !== null;
}
