// An article's HTML contains the gift form only once; this script copies it into the banner. The copy starts with the
// server's values, not with values that the reader has already typed.
import { findElement, getElement } from "./find-element";

const REFERENCES = ["id", "for", "aria-describedby"];

export function copyGiftFormIntoBanner(): void {
  const place = findElement("[data-banner-form]");
  const form = findElement("[data-gift-form]");
  if (!place || !form) return;
  place.innerHTML = form.outerHTML;
  getElement<HTMLInputElement>("[name=placement]", place).value = "banner";
  // Each id in the form begins with the placement.
  for (const name of REFERENCES)
    for (const element of place.querySelectorAll(`[${name}]`))
      element.setAttribute(name, `${element.getAttribute(name)}`.replaceAll("article-", "banner-"));
}
