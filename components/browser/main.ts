// The script of every reader page. It contains no text and no rules: text is in the HTML, rules are in domain/.
// tools/build/reader-script.mjs bundles it to public/reader.js, which must stay below 8 KB compressed.
import { startBanner } from "./banner";
import { findElement } from "./find";
import { enhanceGiftForm } from "./gift-form";
import { greetSupporter } from "./greet-supporter";
import { startTrial } from "./trial";

for (const form of document.querySelectorAll<HTMLFormElement>("[data-gift-form]")) enhanceGiftForm(form);
const banner = findElement("[data-banner]");
if (banner) {
  startTrial();
  startBanner(banner);
}
greetSupporter();
