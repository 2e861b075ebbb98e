import { setWantsSummary } from "@/domain/newsroom/staff/store";
import { withAnyStaff } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/account";

export const POST = withAnyStaff(PAGE, async ({ form, viewer }) => {
  await setWantsSummary(await database(), { id: viewer.colleague.id, wanted: form.get("wanted") === "yes" });
  return seeOther(PAGE);
});
