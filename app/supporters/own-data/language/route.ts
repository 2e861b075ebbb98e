import { storeChosenLanguage } from "@/systems/auth/own-language";
import { withSupporter } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/supporters/own-data";
const AREA = "/supporters";

/** Stores the supporter's language, from the form on the own-data page or on `/supporters`. */
export const POST = withSupporter(PAGE, async ({ form, viewer }) => {
  const page = form.get("page") === AREA ? AREA : PAGE;
  const isChosen = await storeChosenLanguage(await database(), viewer, form.get("language"));
  return seeOther(page, isChosen && page === PAGE ? await flashMessageCookie(PAGE, { done: "language" }) : {});
});
