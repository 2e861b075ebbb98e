// The script of every reader page. It contains no text and no rules: text is in the HTML, rules are in domain/.
// tools/build/reader-script.mjs bundles it to public/reader.js, which must stay below 8,000 bytes on the wire.
import { startBanner } from "./banner";
import { copyGiftForm } from "./banner-form";
import { findElement } from "./find";
import { enhanceGiftForm } from "./gift-form";
import { greetSupporter } from "./greet-supporter";
import { updateMemory } from "./memory";
import { showSiteFonts } from "./site-fonts";
import { startTrial } from "./trial";
import { whenLoaded } from "./when-loaded";

/** The type is `string` and not a literal, so that the bundler leaves the import of public/reader-recall.js to the browser. */
const RECALL: string = "/reader-recall.js";

runPart(showSiteFonts);
whenLoaded(() => {
  runPart(copyGiftForm);
  for (const form of document.querySelectorAll<HTMLFormElement>("[data-gift-form]"))
    runPart(() => enhanceGiftForm(form));
  const banner = findElement("[data-banner]");
  if (banner) {
    runPart(startTrial);
    runPart(() => startBanner(banner));
  }
  runPart(greetSupporter);
  // Only a device that keeps an unfinished gift needs the script that recalls it.
  if (updateMemory((reader) => reader)?.unfinished) void import(RECALL).catch(() => {});
});

/** Runs one part. If it fails in an unusual browser, the error is reported and the other parts still run. */
function runPart(part: () => void): void {
  try {
    part();
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
