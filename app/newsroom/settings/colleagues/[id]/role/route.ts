import { parseRole } from "@/domain/newsroom/staff/roles";
import { changeColleagueRole } from "@/systems/auth/manage-staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";
import { colleaguePath } from "../colleague-action-route";

export const POST = withStaff<{ id: string }>(
  "settings",
  ({ params }) => colleaguePath(params.id),
  async ({ form, params: { id }, viewer }) => {
    const page = colleaguePath(id);
    const role = parseRole(form.get("role") ?? "");
    if (!role) return seeOther(page, await flashMessageCookie(page, { refused: "role" }));
    const done = await changeColleagueRole(await database(), viewer, { id, role });
    return seeOther(
      page,
      await flashMessageCookie(page, done.kind === "refused" ? { refused: done.reason } : { done: "role" }),
    );
  },
);
