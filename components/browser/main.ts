// Everything that a script does on a reader's page. It brings no words and no rules of its own: words are in the HTML,
// rules in domain/. Bundled to public/reader.js by tools/build/reader-script.mjs; must stay below 6 KB as
// it travels, compressed.
import { startBanner } from "./banner";
import { find } from "./find";
import { enhanceGiftForm } from "./gift-form";
import { greetGiver } from "./giver";
import { watchProgress } from "./thanks";

for (const form of document.querySelectorAll<HTMLFormElement>("[data-gift-form]")) enhanceGiftForm(form);
const banner = find("[data-banner]");
if (banner) startBanner(banner);
greetGiver();
watchProgress();
