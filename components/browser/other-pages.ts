// A second script for pages other than articles (`hasOwnScript` in PageHead), so that articles load less.
// tools/build/reader-script.mjs bundles it to public/reader-pages.js.
import { findElement } from "./find-element";
import { hideAppealOnThisDevice } from "./hide-appeal";
import { showBannerQuietPeriod } from "./manners-page";
import { deleteGiftMemory } from "./reader-memory";
import { hideBannerAfterReminderVisit } from "./reminder-visit";
import { pollGiftProgress } from "./thanks";

if (findElement("[data-forget-reader]")) deleteGiftMemory();
hideBannerAfterReminderVisit();
hideAppealOnThisDevice();
showBannerQuietPeriod();
pollGiftProgress();
