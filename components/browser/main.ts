// The script of every page for readers. It contains no text and no rules: text is in the HTML, rules are in domain/.
// tools/build/reader-script.mjs bundles it to public/reader.js, which must stay below 8,000 compressed bytes.
import { startBanner } from "./banner";
import { copyGiftForm } from "./banner-form";
import { findElement } from "./find";
import { enhanceGiftForm } from "./gift-form";
import { greetSupporter } from "./greet-supporter";
import { updateReaderMemory } from "./memory";
import { switchToSiteFonts } from "./site-fonts";
import { startExperimentOnPage } from "./trial";
import { whenLoaded } from "./when-loaded";

/**
 * The type is `string` and not a literal, so that the bundler does not include public/reader-recall.js and the browser imports
 * it.
 */
const RECALL: string = "/reader-recall.js";

runPart(switchToSiteFonts);
whenLoaded(() => {
  runPart(copyGiftForm);
  for (const form of document.querySelectorAll<HTMLFormElement>("[data-gift-form]"))
    runPart(() => enhanceGiftForm(form));
  const banner = findElement("[data-banner]");
  if (banner) {
    runPart(startExperimentOnPage);
    runPart(() => startBanner(banner));
  }
  runPart(greetSupporter);
  // Only a device that keeps an unfinished gift needs the script that recalls it.
  if (updateReaderMemory((reader) => reader)?.unfinished) void import(RECALL).catch(() => {});
});

/** Runs one part of the script. If it fails in an unusual browser, the error is reported and the other parts still run. */
function runPart(part: () => void): void {
  try {
    part();
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
