import { copyAppeal } from "@/domain/appeal/new-appeal";
import {
  appealEditorTimeAndActRecorder,
  newsroomAppealPath,
  redirectWithFlashMessage,
} from "@/systems/appeals/answers";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { seeOther } from "@/systems/same-origin-form";

const PAGE = "/newsroom/appeals";

export const POST = withStaff("appeals", PAGE, async ({ form, viewer: { colleague } }) => {
  const typed = { from: form.get("from") ?? "", name: form.get("name") ?? "" };
  const copied = await copyAppeal(await database(), { ...appealEditorTimeAndActRecorder(colleague), ...typed });
  return copied.kind === "copied"
    ? seeOther(newsroomAppealPath(copied.id))
    : redirectWithFlashMessage(PAGE, { refused: "name", ...typed });
});
