// Copies the gift form into the banner, because an article's HTML contains the form only once. The copy has the values
// that the server sent, not those that the reader has already typed.
import { findElement, getElement } from "./find-element";

const REFERENCES = ["id", "for", "aria-describedby"];

export function copyGiftFormIntoBanner(): void {
  const place = findElement("[data-banner-form]");
  const form = findElement("[data-gift-form]");
  if (!place || !form) return;
  place.innerHTML = form.outerHTML;
  getElement<HTMLInputElement>("[name=placement]", place).value = "banner";
  // Each id in the form begins with the placement `article-`. Replaces this beginning, so that no id occurs twice in
  // the page.
  for (const name of REFERENCES)
    for (const element of place.querySelectorAll(`[${name}]`))
      element.setAttribute(name, `${element.getAttribute(name)}`.replaceAll("article-", "banner-"));
}
