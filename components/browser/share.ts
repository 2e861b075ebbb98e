import { findElement } from "./find-element";

export function offerSharing(): void {
  const place = findElement("[data-share]");
  const url = place?.dataset.share;
  if (!place || !url) return;
  offer("[data-share-sheet]", place, "share" in navigator, () => navigator.share({ url, title: place.dataset.title }));
  offer("[data-share-copy]", place, "clipboard" in navigator, async (button) => {
    await navigator.clipboard.writeText(url);
    button.textContent = button.dataset.done ?? "";
  });
}

type Act = (button: HTMLElement) => Promise<void>;

function offer(selector: string, place: HTMLElement, isPossible: boolean, act: Act): void {
  const button = findElement(selector, place);
  if (!button) return;
  button.hidden = !isPossible;
  // Closing the share dialog rejects the promise, which is not an error.
  button.addEventListener("click", () => act(button).catch(() => {}));
}
