import { saveDailySummaryChoice } from "@/domain/newsroom/staff/summary-choice";
import { withAnyStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/account";

export const POST = withAnyStaff(PAGE, async ({ form, viewer }) => {
  await saveDailySummaryChoice(await database(), { id: viewer.colleague.id, wanted: form.get("wanted") === "yes" });
  return seeOther(PAGE);
});
