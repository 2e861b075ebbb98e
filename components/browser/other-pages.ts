// A second script for pages without an appeal, so that articles load less. tools/build/reader-script.mjs bundles it
// to public/reader-pages.js.
import { findElement } from "./find";
import { explainManners } from "./manners-page";
import { forgetGifts } from "./memory";
import { hideAppealOnThisDevice } from "./quiet";
import { recordReminderVisit } from "./reminded";
import { pollGiftProgress } from "./thanks";

if (findElement("[data-forget-reader]")) forgetGifts();
recordReminderVisit();
hideAppealOnThisDevice();
explainManners();
pollGiftProgress();
