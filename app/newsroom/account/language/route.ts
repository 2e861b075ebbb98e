import { storeChosenLanguage } from "@/systems/auth/own-language";
import { withAnyStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/account";

export const POST = withAnyStaff(PAGE, async ({ form, viewer }) => {
  await storeChosenLanguage(await database(), viewer, form.get("language"));
  return seeOther(PAGE);
});
