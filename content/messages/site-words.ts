// Written by `npm run messages` from the folders beside it; a test fails when a file is missing here. Do not edit it
// by hand.
import en from "./en/site.json" with { type: "json" };
import ru from "./ru/site.json" with { type: "json" };

export const siteJsonByLanguage = { en, ru };
