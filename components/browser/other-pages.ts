// A second script for pages without an appeal, so that articles stay light (components/site/page-head.tsx says which pages load it).
// tools/build/reader-script.mjs bundles it to public/reader-pages.js.
import { findElement } from "./find";
import { explainManners } from "./manners-page";
import { forgetReader } from "./memory";
import { quietThisDevice } from "./quiet";
import { restAfterReminder } from "./reminded";
import { watchProgress } from "./thanks";

if (findElement("[data-forget-reader]")) forgetReader();
restAfterReminder();
quietThisDevice();
explainManners();
watchProgress();
