import { offeredLanguage } from "@/domain/languages";
import { setLanguage } from "@/domain/supporters/store";
import { publication } from "@/publication";
import { withSupporter } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { noteFor } from "@/systems/note";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/supporters/own-data";
const AREA = "/supporters";

/** Takes the form on the page of own data, and the one at the head of the area. A language that is not offered changes nothing. */
export const POST = withSupporter(PAGE, async ({ form, viewer: { supporterId } }) => {
  const page = form.get("page") === AREA ? AREA : PAGE;
  const language = form.get("language");
  if (language === null || offeredLanguage(language, publication) !== language) return seeOther(page);
  await setLanguage(await database(), { supporterId, language });
  return seeOther(page, page === PAGE ? await noteFor(PAGE, { done: "language" }) : {});
});
