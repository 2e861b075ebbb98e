// Starts the scripts of reader pages. They contain no texts and no rules. The texts are in the HTML or in a file of the
// build, the rules in domain/. The script inline.ts loads this one. tools/build/reader-script.mjs bundles it to
// public/reader.js.
import { showBannerAtGoodMoment } from "./banner";
import { copyGiftFormIntoBanner } from "./banner-form";
import { takePartInExperimentOnPage } from "./experiment";
import { findElement } from "./find-element";
import { enhanceGiftForm } from "./gift-form";
import { adaptPageToRecentGiver } from "./greet-supporter";
import { updateReaderMemory } from "./reader-memory";

/** The URL of recall.ts. The type is `string`, so that the bundler does not bundle the import. */
const RECALL: string = "/reader-recall.js";

runPart(copyGiftFormIntoBanner);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-gift-form]")) runPart(() => enhanceGiftForm(form));
const banner = findElement("[data-banner]");
if (banner) {
  runPart(takePartInExperimentOnPage);
  runPart(() => showBannerAtGoodMoment(banner));
}
runPart(adaptPageToRecentGiver);
if (updateReaderMemory((reader) => reader)?.unfinished) void import(RECALL).catch(() => {});

/**
 * Runs a part of the script. If the part fails in an unusual browser, the error is reported and the other parts still
 * run.
 */
function runPart(part: () => void): void {
  try {
    part();
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
