import { parseRole } from "@/domain/newsroom/staff/roles";
import { giveRole } from "@/systems/auth/manage-staff";
import { withStaff } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { flashNoteCookie } from "@/systems/note";
import { seeOther } from "@/systems/same-origin-form";
import { colleaguePath } from "../colleague-verb";

export const POST = withStaff<{ id: string }>(
  "settings",
  ({ params }) => colleaguePath(params.id),
  async ({ form, params: { id }, viewer }) => {
    const page = colleaguePath(id);
    const role = parseRole(form.get("role") ?? "");
    if (!role) return seeOther(page, await flashNoteCookie(page, { refused: "role" }));
    const done = await giveRole(await database(), viewer, { id, role });
    return seeOther(
      page,
      await flashNoteCookie(page, done.kind === "refused" ? { refused: done.reason } : { done: "role" }),
    );
  },
);
