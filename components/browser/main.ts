// The one script of the reader pages. It has no words and no rules of its own: words are in the HTML, rules in domain/.
// tools/build/reader-script.mjs bundles it to public/reader.js, which must stay below 6 KB compressed.
import { startBanner } from "./banner";
import { find } from "./find";
import { enhanceGiftForm } from "./gift-form";
import { greetSupporter } from "./greet-supporter";
import { quietDevice } from "./memory";
import { watchProgress } from "./thanks";

if (find("[data-quiet-device]")) quietDevice();
for (const form of document.querySelectorAll<HTMLFormElement>("[data-gift-form]")) enhanceGiftForm(form);
const banner = find("[data-banner]");
if (banner) startBanner(banner);
greetSupporter();
watchProgress();
