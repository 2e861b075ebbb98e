// The banner's gift form. The HTML has the form once, at the end of the article. This script copies it into the banner, which only a script
// shows. It copies the HTML, so the copy starts with the server's values, not with values that the reader has already typed.
import { findElement } from "./find";

export function copyGiftForm(): void {
  const place = findElement("[data-banner-form]");
  const form = findElement("[data-gift-form]");
  // The placement is the value of a hidden field. Every id in `id`, `for` and `aria-describedby` (error and hint) begins with it.
  if (place && form) place.innerHTML = form.outerHTML.replace(/([dry]="|t" value="|error )article/g, "$1banner");
}
