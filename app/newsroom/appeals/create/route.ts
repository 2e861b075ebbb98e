import { copyAppeal } from "@/domain/appeal/new-appeal";
import { appealPath, contextForAppealEdit, redirectWithFlashMessage } from "@/systems/appeals/answers";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/appeals";

export const POST = withStaff("appeals", PAGE, async ({ form, viewer: { colleague } }) => {
  const typed = { from: form.get("from") ?? "", name: form.get("name") ?? "" };
  const copied = await copyAppeal(await database(), { ...contextForAppealEdit(colleague), ...typed });
  return copied.kind === "copied"
    ? seeOther(appealPath(copied.id))
    : redirectWithFlashMessage(PAGE, { refused: "name", ...typed });
});
