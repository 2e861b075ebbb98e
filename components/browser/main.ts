// Text is in the HTML, rules are in domain/. The inline script loads this one (inline.ts). tools/build/reader-script.mjs bundles it
// to public/reader.js.
import { startBanner } from "./banner";
import { copyGiftFormIntoBanner } from "./banner-form";
import { startExperimentOnPage } from "./experiment";
import { findElement } from "./find-element";
import { enhanceGiftForm } from "./gift-form";
import { greetSupporter } from "./greet-supporter";
import { updateReaderMemory } from "./reader-memory";

/** Typed as `string` instead of a literal, so that the bundler leaves the import to the browser. */
const RECALL: string = "/reader-recall.js";

runPart(copyGiftFormIntoBanner);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-gift-form]")) runPart(() => enhanceGiftForm(form));
const banner = findElement("[data-banner]");
if (banner) {
  runPart(startExperimentOnPage);
  runPart(() => startBanner(banner));
}
runPart(greetSupporter);
if (updateReaderMemory((reader) => reader)?.unfinished) void import(RECALL).catch(() => {});

/** If a part fails in an unusual browser, the error is reported and the other parts still run. */
function runPart(part: () => void): void {
  try {
    part();
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
