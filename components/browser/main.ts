// The script of every reader page. It contains no text and no rules: text is in the HTML, rules are in domain/.
// tools/build/reader-script.mjs bundles it to public/reader.js, which must stay below 8 KB compressed.
import { startBanner } from "./banner";
import { findElement } from "./find";
import { enhanceGiftForm } from "./gift-form";
import { greetSupporter } from "./greet-supporter";
import { startTrial } from "./trial";

for (const form of document.querySelectorAll<HTMLFormElement>("[data-gift-form]")) begin(() => enhanceGiftForm(form));
const banner = findElement("[data-banner]");
if (banner) {
  begin(startTrial);
  begin(() => startBanner(banner));
}
begin(greetSupporter);

/** Runs one part. If it fails in an unusual browser, the error is reported and the other parts still run. */
function begin(part: () => void): void {
  try {
    part();
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
